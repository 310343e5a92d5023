import {
  type KnownOptions,
  nothingKnown,
  type ProvisionRequest,
  type ProvisionStep,
} from '../../src/connector/provision.ts';
import { setValues } from './field-calls.ts';
import { draftsOf, type FieldDraft, nextValues } from './field-drafts.ts';
import { type Match, matcher } from './field-match.ts';
import { makeFields } from './make-fields.ts';
import { fieldProblem, fieldStep } from './provision-steps.ts';
import type { Session } from './session.ts';
import { isWritable, type WireField } from './wire-fields.ts';

type Matched = {
  readonly draft: FieldDraft;
  readonly match: Match;
  readonly known: KnownOptions;
};

/** Makes what is missing, adds picklist values, reports what is in the way; ids are remembered. */
export async function provisionFields(
  session: Session,
  { fields: specs, knownOptions = nothingKnown }: Pick<ProvisionRequest, 'fields' | 'knownOptions'>,
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  session.metadata.forget(session.module);
  const fields = await session.metadata.fieldsOf(session.module, signal);
  const ids = new Map(await session.fieldIds.load());
  const drafts = draftsOf(session.settings.fieldPrefix, specs);
  const find = matcher({
    fields,
    ids,
    labels: new Map(drafts.map((each) => [each.key, each.label])),
  });
  const matched = drafts.map((draft) => ({ draft, match: find(draft.key) }));
  const steps: ProvisionStep[] = [];
  for (const each of matched) {
    if (each.match.kind === 'ours') ids.set(each.draft.key, each.match.field.id);
    const step = await checked(session, { ...each, known: knownOptions }, signal);
    if (step !== null) steps.push(step);
  }
  await session.fieldIds.save(ids);
  const missing = matched.filter(({ match }) => match.kind === 'missing');
  const made = await makeFields(
    session,
    missing.map(({ draft }) => draft),
    ids,
    signal,
  );
  session.metadata.forget(session.module);
  return [...made, ...steps];
}

/** `null`: there is nothing yet. */
async function checked(
  session: Session,
  { draft, match, known }: Matched,
  signal: AbortSignal,
): Promise<ProvisionStep | null> {
  if (match.kind === 'missing') return null;
  if (match.kind === 'ours') return await checkOurs(session, { draft, known }, match.field, signal);
  return fieldProblem(
    draft.label,
    'a field of this label exists and is not ours',
    'Rename or delete it in Zoho, or set another fieldPrefix in the settings.',
  );
}

async function checkOurs(
  session: Session,
  { draft, known }: Omit<Matched, 'match'>,
  field: WireField,
  signal: AbortSignal,
): Promise<ProvisionStep> {
  const { label } = draft;
  if (!draft.types.includes(field.data_type))
    return fieldProblem(
      label,
      `FIELD_RETYPED: it has the type ${field.data_type}, not ${draft.type}`,
      'Delete it in Zoho and provision again.',
    );
  if (!isWritable(field))
    return fieldProblem(
      label,
      'it is read-only for the token’s user',
      'Let the user’s profile edit it (Setup, Security Control, Profiles).',
    );
  const next = nextValues(draft, field, known);
  if (next === null)
    return fieldStep(label, 'unchanged', `“${field.field_label}” (${field.api_name})`);
  const refused = await setValues(session, field, next.values, signal);
  if (refused !== null)
    return fieldProblem(
      label,
      `Zoho did not take its values (${next.message}): ${refused.code} ${refused.message}`,
      'Change them in Zoho by hand (Setup, Modules and Fields).',
    );
  return fieldStep(label, next.isLonger ? 'extended' : 'changed', `values ${next.message}`);
}
