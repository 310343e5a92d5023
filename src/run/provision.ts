import type { BegunLists, ProvisionReport, ProvisionRequest } from '../connector/provision.ts';
import type { FieldKey } from '../domain/field.ts';
import { step } from '../lib/step.ts';
import { fieldSpecs } from '../policy/fields.ts';
import { listSpecs } from '../policy/lists.ts';
import type { OptionValue } from '../store/option-store.ts';
import type { RunContext } from './context.ts';
import { refuseIfStopped } from './refuse-if-stopped.ts';
import { withLease } from './with-lease.ts';

export type ProvisionOptions = {
  /** Take everything of ours away instead. */
  readonly remove: boolean;
  readonly rebuildDeletedLists: boolean;
};

/** Creates our fields and lists in the CRM, or removes them, and remembers the lists. */
export async function provisionConnection(
  ctx: RunContext,
  options: ProvisionOptions,
): Promise<ProvisionReport> {
  await refuseIfStopped(ctx);
  return withLease(ctx, async (held) => {
    const { connection, connector, store, signal } = held;
    const request = await provisionRequest(held, options.rebuildDeletedLists);
    if (!options.remove) await rememberLabels(held, request.fields);
    const report = options.remove
      ? await connector.unprovision(request, signal)
      : await connector.provision(request, signal);
    step('provision.made');
    await store.lists.saveKnown(connection, report.lists, madeOf(report, options));
    step('provision.kept');
    await store.flush();
    return report;
  });
}

/** What the log says of it; nothing where nothing was done. */
function madeOf({ steps }: ProvisionReport, { remove }: ProvisionOptions) {
  const done = steps.filter(({ outcome }) => doneOutcomes.has(outcome));
  if (done.length === 0) return null;
  const kind = remove ? ('fields.removed' as const) : ('fields.provisioned' as const);
  const byOutcome = Object.groupBy(done, ({ outcome }) => outcome);
  const facts = Object.entries(byOutcome).map(([outcome, those = []]) => [
    outcome,
    those.map(({ subject, name }) => `${subject} ${name}`),
  ]);
  return { kind, facts: Object.fromEntries(facts) };
}

const doneOutcomes: ReadonlySet<string> = new Set(['created', 'extended', 'changed', 'removed']);

/** What the policy wants to exist in the CRM, beside what we made earlier. */
export async function provisionRequest(
  ctx: RunContext,
  rebuildDeletedLists: boolean,
): Promise<ProvisionRequest> {
  return {
    fields: fieldSpecs(ctx.policy, ctx.language),
    lists: listSpecs(ctx.policy),
    knownLists: await ctx.store.lists.known(ctx.connection),
    rebuildDeletedLists,
    knownOptions: await knownOptions(ctx),
    begunLists: await begunLists(ctx),
  };
}

/** Names are found free before it is noted that they will be ours. */
async function begunLists({ connection, store }: RunContext): Promise<BegunLists> {
  const begun = new Map((await store.lists.begun(connection)).map(({ key, name }) => [key, name]));
  return {
    has: ({ key, name }) => begun.get(key) === name,
    note: async ({ key, name }) => {
      await store.lists.begin(connection, { key, name });
      step('provision.list-begun');
    },
  };
}

async function knownOptions({ connection, store, policy, language }: RunContext) {
  const specs = fieldSpecs(policy, language);
  const retired = specs.flatMap((spec) =>
    spec.kind === 'choice' ? (spec.retired ?? []).map((value) => ({ field: spec.key, value })) : [],
  );
  const labels = Map.groupBy(await store.options.labels(connection), placeOf);
  const held = new Set((await store.options.held(connection, retired)).map(placeOf));
  return {
    given: (field: FieldKey, value: string) =>
      (labels.get(placeOf({ field, value })) ?? []).map(({ label }) => label),
    isHeld: (field: FieldKey, value: string) => held.has(placeOf({ field, value })),
  };
}

function placeOf({ field, value }: OptionValue): string {
  return `${field}/${value}`;
}

/** Before they are given: a label that is not remembered would look like a person's. */
async function rememberLabels(
  { connection, store }: RunContext,
  fields: ProvisionRequest['fields'],
) {
  const labels = fields.flatMap((spec) =>
    spec.kind === 'choice' ? spec.options.map((one) => ({ field: spec.key, ...one })) : [],
  );
  await store.options.remember(connection, labels);
}
