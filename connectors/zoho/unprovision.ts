import type {
  ProvisionReport,
  ProvisionRequest,
  ProvisionStep,
} from '../../src/connector/provision.ts';
import { deleteField } from './field-calls.ts';
import { labelsOf, markerKey } from './field-labels.ts';
import { matcher } from './field-match.ts';
import type { ListKeeper } from './list-keeper.ts';
import { fieldProblem, fieldStep } from './provision-steps.ts';
import type { Session } from './session.ts';
import type { WireField } from './wire-fields.ts';

/** Takes away our lists and fields; what others made stays. */
export async function unprovision(
  session: Session,
  keeper: ListKeeper,
  { knownLists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  const lists: ProvisionStep[] = [];
  for (const list of knownLists) {
    const removed = await keeper.remove(list, signal);
    lists.push({
      subject: 'list',
      name: list.name,
      outcome: removed ? 'removed' : 'unchanged',
      message: removed ? `list ${list.crmId}` : `list ${list.crmId} was already gone`,
    });
  }
  return { steps: [...lists, ...(await removeFields(session, signal))], lists: [] };
}

async function removeFields(
  session: Session,
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  session.metadata.forget(session.module);
  const ids = await session.fieldIds.load();
  const steps: ProvisionStep[] = [];
  const left = new Map<string, string>();
  for (const [key, field] of await ourFields(session, ids, signal)) {
    const removed = await deleteField(session, field.id, signal);
    if (!removed) left.set(key, field.id);
    steps.push(stepOf(field, removed));
  }
  session.metadata.forget(session.module);
  await session.fieldIds.save(left);
  return steps;
}

function stepOf({ field_label: label, api_name }: WireField, removed: boolean): ProvisionStep {
  if (removed) return fieldStep(label, 'removed', `field ${api_name}`);
  return fieldProblem(
    label,
    'Zoho does not let go of the field',
    'Delete it in Zoho (Setup, Modules and Fields): something may still use it.',
  );
}

/** By key: all that is remembered, also what an earlier policy wrote. */
async function ourFields(
  session: Session,
  ids: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, WireField>> {
  const fields = await session.metadata.fieldsOf(session.module, signal);
  const labels = labelsOf(session.settings.fieldPrefix, session.written);
  const find = matcher({ fields, ids, labels });
  const byId = new Map(fields.map((field) => [field.id, field]));
  const ours = new Map<string, WireField>();
  for (const [key, id] of ids) {
    const field = byId.get(id);
    if (field !== undefined) ours.set(key, field);
  }
  for (const key of [markerKey, ...session.written.map((field) => field.key)] as const) {
    const match = find(key);
    if (match.kind === 'ours') ours.set(key, match.field);
  }
  return ours;
}
