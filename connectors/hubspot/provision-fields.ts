import { CallError } from '../../src/connector/http/call-error.ts';
import {
  nothingKnown,
  type ProvisionRequest,
  type ProvisionStep,
} from '../../src/connector/provision.ts';
import {
  createGroup,
  createProperties,
  hasGroup,
  type PropertyDraft,
  propertyRoom,
  readProperties,
  setOptions,
} from './property-calls.ts';
import {
  draftOf,
  groupLabel,
  groupName,
  isOurs,
  markerDraft,
  nextOptions,
} from './property-drafts.ts';
import type { Session } from './session.ts';
import type { WireProperty } from './wire-schema.ts';

/** Creates the group and the properties that are missing, adds options, reports what is in the way. */
export async function provisionFields(
  session: Session,
  { fields, knownOptions = nothingKnown }: Pick<ProvisionRequest, 'fields' | 'knownOptions'>,
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  const specs = new Map(fields.map((spec) => [session.own.nameOf(spec.key), spec]));
  const drafts = [...fields.map((spec) => draftOf(session.own, spec)), markerDraft(session.own)];
  const definitions = await readProperties(session, signal);
  const byName = new Map(definitions.map((each) => [each.name, each]));
  const missing = drafts.filter(({ name }) => !byName.has(name));
  const isGrouped = definitions.some((each) => each.groupName === groupName);
  const group = await ensureGroup(session, isGrouped, signal);
  const created = await createMissing(session, missing, signal);
  const present: ProvisionStep[] = [];
  for (const draft of drafts) {
    const definition = byName.get(draft.name);
    if (definition === undefined) continue;
    const spec = specs.get(draft.name) ?? null;
    const next = spec === null ? null : nextOptions(spec, definition, knownOptions);
    present.push(await checkPresent(session, { draft, next }, definition, signal));
  }
  return [group, ...created, ...present];
}

async function ensureGroup(
  session: Session,
  isKnown: boolean,
  signal: AbortSignal,
): Promise<ProvisionStep> {
  const step = { subject: 'group', name: groupName } as const;
  if (isKnown || (await hasGroup(session, groupName, signal)))
    return { ...step, outcome: 'unchanged', message: 'the property group is there' };
  await createGroup(session, { name: groupName, label: groupLabel }, signal);
  return { ...step, outcome: 'created', message: `property group “${groupLabel}”` };
}

async function createMissing(
  session: Session,
  drafts: readonly PropertyDraft[],
  signal: AbortSignal,
): Promise<readonly ProvisionStep[]> {
  if (drafts.length === 0) return [];
  const room = await propertyRoom(session, signal);
  if (room !== null && room < drafts.length)
    return drafts.map(({ name }) =>
      problem(
        name,
        `the portal has room for ${room} more custom properties, ${drafts.length} are needed`,
        'Delete custom properties that nobody uses, or ask HubSpot for more, then provision again.',
      ),
    );
  const created = new Set(await createRefused(session, drafts, signal));
  return drafts.map(({ name, label }) =>
    created.has(name)
      ? { subject: 'field', name, outcome: 'created', message: `property “${label}”` }
      : problem(
          name,
          'HubSpot did not create it',
          'Look in HubSpot under Settings, Properties, Archived properties: if one has this name, restore it or delete it for good; then provision again.',
        ),
  );
}

// Lost answers end in a conflict with ourselves: what is there in the end is what counts.
async function createRefused(
  session: Session,
  drafts: readonly PropertyDraft[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await createProperties(session, drafts, signal);
  } catch (error) {
    if (!(error instanceof CallError) || error.disposition !== 'reject') throw error;
    session.log.warn({ code: error.code, reason: error.message }, 'provision.refused');
    const wanted = new Set(drafts.map(({ name }) => name));
    const now = await readProperties(session, signal);
    return now.filter((each) => wanted.has(each.name) && isOurs(each)).map(({ name }) => name);
  }
}

async function checkPresent(
  session: Session,
  { draft, next }: { readonly draft: PropertyDraft; readonly next: ReturnType<typeof nextOptions> },
  definition: WireProperty,
  signal: AbortSignal,
): Promise<ProvisionStep> {
  const { name } = draft;
  if (!isOurs(definition))
    return problem(
      name,
      'a property of this name exists and is not ours',
      'Rename or delete it in HubSpot, or set another fieldPrefix in the settings.',
    );
  if (definition.type !== draft.type)
    return problem(
      name,
      `FIELD_RETYPED: it has the type ${definition.type}, not ${draft.type}`,
      'Give it its old type back in HubSpot, or delete it and provision again.',
    );
  if (next === null)
    return { subject: 'field', name, outcome: 'unchanged', message: `“${definition.label}”` };
  await setOptions(session, name, next.options, signal);
  const outcome = next.options.length > definition.options.length ? 'extended' : 'changed';
  return { subject: 'field', name, outcome, message: `options ${next.message}` };
}

function problem(name: string, message: string, todo: string): ProvisionStep {
  return { subject: 'field', name, outcome: 'problem', message, todo };
}
