import type {
  ProvisionReport,
  ProvisionRequest,
  ProvisionStep,
} from '../../src/connector/provision.ts';
import { fieldKinds } from '../../src/domain/field-kinds.ts';
import type { ListSpec } from '../../src/domain/list.ts';
import { deleteCampaign } from './campaign-calls.ts';
import { labelOf } from './field-labels.ts';
import type { ListKeeper } from './list-keeper.ts';
import type { OwnFields } from './own-fields.ts';
import type { Session } from './session.ts';
import { deleteTag } from './tag-calls.ts';

/**
 * `lists: fields`: what we write to a field is enough, and a custom view shows who has it. Zoho lets
 * no program make a view (facts §6), so each list becomes a step for a person, said to the letter.
 */
export function guideKeeper(session: Session): ListKeeper {
  return {
    capabilities: { staticLists: false, membershipsPerCall: 500, membershipCallSpends: 0 },
    provision: async (request, signal) => await guide(session, request, signal),
    remove: async ({ crmId }, signal) =>
      (await deleteTag(session, crmId, signal)) || (await deleteCampaign(session, crmId, signal)),
    readLists: async (lists) => lists.map(({ key }) => ({ key, size: null })),
    readMembers: () => noMembers(),
    applyMemberships: async (list, add, remove) =>
      [...add, ...remove].map((customerId, at) => {
        const action = at < add.length ? 'add' : 'remove';
        return { listKey: list.key, customerId, action, outcome: 'rejected', code: 'LIST_DELETED' };
      }),
  };
}

async function* noMembers(): AsyncGenerator<never> {}

async function guide(
  session: Session,
  { lists, knownLists }: ProvisionRequest,
  signal: AbortSignal,
): Promise<ProvisionReport> {
  const left = knownLists.map(({ name, crmId }) => {
    const message = `“${name}” (${crmId}) was kept under another setting of \`lists\``;
    return manual(
      name,
      message,
      'Delete it in Zoho if nobody uses it: its members are kept no more.',
    );
  });
  if (lists.length === 0) return { steps: left, lists: [] };
  const own = await session.own(signal);
  const steps = lists.map((spec) => {
    const message = 'Zoho lets nobody but a person make a custom view';
    return manual(spec.name, message, todoOf(session, own, spec));
  });
  return { steps: [...steps, ...left], lists: [] };
}

function manual(name: string, message: string, todo: string): ProvisionStep {
  return { subject: 'list', name, outcome: 'manual', message, todo };
}

function todoOf({ module, settings, written }: Session, own: OwnFields, spec: ListSpec): string {
  const field = own.byKey.get(spec.field);
  const name = written.find(({ key }) => key === spec.field)?.name ?? spec.field;
  const label = field?.field_label ?? labelOf(settings.fieldPrefix, name);
  const shown = new Map(
    (field?.pick_list_values ?? []).map((value) => [value.actual_value, value.display_value]),
  );
  const values = spec.values.map((value) => `“${shown.get(value) ?? value}”`);
  const criterion = `${label} ${comparator(spec)} ${values.join(' or ')}`;
  return `In Zoho: ${module}, the views’ menu, New Custom View; name “${spec.name}”; criterion: ${criterion}; share it with all users, save.`;
}

function comparator({ field }: ListSpec): string {
  return ['integer', 'decimal'].includes(fieldKinds[field]) ? '=' : 'is';
}
