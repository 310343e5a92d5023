import { AssayError } from '../domain/assay-error.ts';
import type { Change, FieldChange } from '../domain/change.ts';
import type { FieldValue, FieldValues } from '../domain/field.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import { step } from '../lib/step.ts';
import { policyVersion } from '../policy/version.ts';
import type { RunContext } from './context.ts';

/** Changes read back at once; a connector makes one call for a hundred. */
const pageSize = 1_000;
/** Customers named in the message; all are stored. */
const named = 3;

/**
 * Whether the world moved on since an earlier pass made the plan: another policy is in force, or a field
 * holds neither what the plan saw nor what it would write, so that somebody changed it. Then what was
 * read is stored, the plan gives way, and nothing of it is written. A customer that is gone is no reason.
 * A plan that was begun is not looked at: some of it is written.
 * @returns the error for whoever asked to have it written; `null`: it may be.
 */
export async function stalenessOf(ctx: RunContext, plan: Plan): Promise<AssayError | null> {
  if (plan.status !== 'ready') return null;
  if (isOfAnotherPolicy(ctx, plan)) {
    await outdate(ctx, plan, 'policy', 0);
    return planStale(plan, `It was made by policy ${plan.policyVersion}, and another is in force.`);
  }
  const moved = await readMoved(ctx, plan);
  const [first] = moved.shown;
  if (first === undefined) return null;
  await outdate(ctx, plan, 'values', moved.customers);
  return planStale(plan, movedText(moved));
}

/** What takes writes back does not rest on a policy, nor does a plan of before versions were kept. */
export function isOfAnotherPolicy(
  { policy }: Pick<RunContext, 'policy'>,
  { kind, policyVersion: made }: Plan,
): boolean {
  return kind === 'scores' && made !== '' && made !== policyVersion(policy);
}

async function outdate(
  { connection, store, actor, clock, log }: RunContext,
  { id }: Plan,
  why: 'values' | 'policy',
  customers: number,
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  await store.plans.outdate(id, { why, customers }, { actor: actor.name, at });
  log.warn({ connection, plan: id, why, customers }, 'plan.stale');
}

type Moved = {
  readonly customers: number;
  readonly shown: readonly MovedField[];
};

type MovedField = {
  readonly customerId: RecordId;
  readonly field: FieldChange;
  readonly is: FieldValue;
};

/** Reads back all that waits to be written, a page at a time. */
async function readMoved(
  { connection, connector, store, signal }: RunContext,
  { id }: Plan,
): Promise<Moved> {
  let found: Moved = { customers: 0, shown: [] };
  let after: number | null = null;
  for (;;) {
    signal.throwIfAborted();
    const select = { state: 'pending', after, limit: pageSize } as const;
    const page: readonly Change[] = await store.plans.changes(id, select);
    const last = page.at(-1);
    if (last === undefined) return found;
    after = last.seq;
    const ids = page.map(({ customerId }) => customerId);
    const held = await connector.readHeld(ids, signal);
    step('plan.looked-at');
    const moved = page.flatMap((change) => movedField(change, held.get(change.customerId)));
    await store.records.saveHeld(connection, heldOf(moved, held));
    const shown = [...found.shown, ...moved].slice(0, named);
    found = { customers: found.customers + moved.length, shown };
  }
}

/** The first field that somebody changed, if any. */
function movedField(change: Change, held: FieldValues | undefined): readonly MovedField[] {
  if (held === undefined) return [];
  const nowIn = ({ key }: FieldChange) => held[key] ?? null;
  const field = change.fields.find((one) => ![one.from, one.to].includes(nowIn(one)));
  if (field === undefined) return [];
  return [{ customerId: change.customerId, field, is: nowIn(field) }];
}

function heldOf(
  moved: readonly MovedField[],
  held: ReadonlyMap<RecordId, FieldValues>,
): ReadonlyMap<RecordId, FieldValues> {
  return new Map(moved.map(({ customerId }) => [customerId, held.get(customerId) ?? {}]));
}

function movedText({ customers, shown }: Moved): string {
  const few = shown.map(
    ({ customerId, field, is }) =>
      `customer ${customerId}, ${field.key}: was ${text(field.from)}, is ${text(is)}`,
  );
  const more = customers > shown.length ? `; and ${customers - shown.length} more` : '';
  const who = customers === 1 ? '1 customer was' : `${customers} customers were`;
  return `${who} changed in the CRM since it was made: ${few.join('; ')}${more}.`;
}

function text(value: FieldValue): string {
  if (value === null) return 'empty';
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

function planStale({ id }: Plan, why: string): AssayError {
  return new AssayError(
    'PLAN_STALE',
    'ask',
    `Nothing of plan ${id} was written, for the world has moved on. ${why}`,
    'What was read is stored: `assay plan` makes a fresh plan, and so does the next run.',
  );
}
