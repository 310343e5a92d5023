import type { Finding } from '../../src/connector/account.ts';
import type { FieldSpec } from '../../src/domain/field.ts';
import { roomFor } from './field-calls.ts';
import { draftsOf, type FieldDraft, missingValues } from './field-drafts.ts';
import { isPending, type Match, matcher } from './field-match.ts';
import { ok, problem } from './finding.ts';
import type { Session } from './session.ts';
import { isWritable } from './wire-fields.ts';

/** Our fields: there, renamed, retyped, deleted, without our values; and room for those not made yet. */
export async function doctorFields(
  session: Session,
  specs: readonly FieldSpec[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { metadata, module, settings, fieldIds } = session;
  metadata.forget(module);
  const fields = await metadata.fieldsOf(module, signal);
  const ids = await fieldIds.load();
  const drafts = draftsOf(settings.fieldPrefix, specs);
  const labels = new Map(drafts.map(({ key, label }) => [key, label]));
  const find = matcher({ fields, ids, labels });
  const findings = drafts.flatMap((draft) => {
    return ownFinding(draft, find(draft.key), ids.get(draft.key)) ?? [];
  });
  const absent = drafts.filter(({ key }) => find(key).kind === 'missing').length;
  const faults = findings.filter(({ status }) => status !== 'ok');
  const all = ok('fields', `all ${drafts.length} of ours are in ${module} and of the right type`);
  return [
    ...(faults.length === 0 ? [all] : []),
    ...findings,
    ...(await roomFindings(session, absent, signal)),
  ];
}

/** `null`: there, and as we made it. */
function ownFinding(draft: FieldDraft, match: Match, id: string | undefined): Finding | null {
  const { label } = draft;
  const fault = (message: string, todo: string) =>
    problem('fields', `“${label}”: ${message}`, todo);
  if (match.kind === 'stranger')
    return fault(
      'a field of this label is not ours',
      'Rename it in Zoho, or set another fieldPrefix.',
    );
  if (match.kind === 'missing')
    return fault(`FIELD_MISSING: ${whyMissing(id)}`, 'Run `assay provision`.');
  return faultOf(draft, match, fault) ?? renamed(label, match.field.field_label);
}

function whyMissing(id: string | undefined): string {
  if (id === undefined || isPending(id)) return 'it was not made yet';
  return 'somebody deleted it, or hides it from the profile of the token’s user';
}

type Fault = (message: string, todo: string) => Finding;
type Ours = Extract<Match, { kind: 'ours' }>;

function faultOf(draft: FieldDraft, { field }: Ours, fault: Fault): Finding | null {
  if (!draft.types.includes(field.data_type))
    return fault(
      `FIELD_RETYPED: ${field.data_type}, not ${draft.type}`,
      'Delete it in Zoho and run `assay provision`; a type cannot be changed back.',
    );
  if (!isWritable(field))
    return fault(
      'it is read-only for the token’s user',
      'Let the user’s profile edit it (Setup, Security Control, Profiles).',
    );
  const missing = missingValues(draft, field).map(({ actual_value }) => actual_value);
  if (missing.length === 0) return null;
  return fault(`FIELD_OPTION_MISSING: ${missing.join(', ')}`, 'Run `assay provision`.');
}

function renamed(label: string, today: string): Finding | null {
  if (label === today) return null;
  return ok('fields', `“${label}” is called “${today}” today, and still ours`);
}

async function roomFindings(
  session: Session,
  absent: number,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const room = await roomFor(session, 'custom_field', signal);
  if (room === null) return [];
  const { limit, used } = room;
  const message = `${used} of ${limit} custom fields of ${session.module} are used`;
  if (limit - used >= absent) return [ok('custom fields', message)];
  return [
    problem(
      'custom fields',
      `${message}: ${absent} of ours are not made yet`,
      'Delete custom fields that nobody uses, let the policy write fewer results, or upgrade the edition.',
    ),
  ];
}
