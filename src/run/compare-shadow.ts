import { dayNumber } from '../domain/day.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { minorDigits } from '../domain/money.ts';
import type { TierMove } from '../domain/plan.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { ShadowSnapshot } from '../domain/shadow.ts';
import type { LocalDay } from '../domain/time.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { policyVersion } from '../policy/version.ts';
import { comparePolicies, type PolicyComparison } from '../score/shadow/compare-policies.ts';
import { type WhenToTell, whenToTell } from '../score/shadow/when-to-tell.ts';
import type { ReleasedPolicy } from '../store/policy-store.ts';
import type { RunContext } from './context.ts';
import { heldHistories } from './held-orders.ts';
import { today } from './overrides.ts';
import { type NextOfTier, ShadowSums } from './shadow-sums.ts';

/** A challenger against the policy in force, on what customers did after both were scored. */
export type ShadowComparison = {
  readonly connection: ConnectionId;
  readonly challenger: Pick<PolicyRelease, 'number' | 'version' | 'at' | 'by' | 'why'>;
  readonly champion: { readonly version: string };
} & (
  | {
      /** No full scoring since it was put in shadow, or since the policy in force is another. */
      readonly status: 'waiting';
    }
  | ComparedShadow
);

export type ComparedShadow = {
  readonly status: 'compared';
  readonly asOf: LocalDay;
  readonly until: LocalDay;
  readonly days: number;
  readonly currency: string;
  /** Whom either policy valued, who are still there. */
  readonly customers: number;
  /** Who ordered since, and the net spend, home minor units, refunds taken off. */
  readonly buyers: number;
  readonly netMinor: number;
  readonly telling: WhenToTell;
  /** What each tier of either policy did since, highest first. */
  readonly tiers: {
    readonly champion: readonly NextOfTier[];
    readonly challenger: readonly NextOfTier[];
  };
  /** Verdicts are empty while it is too early. */
  readonly figures: PolicyComparison;
  /** By what the measures say together. */
  readonly better: 'challenger' | 'champion' | 'undecided' | 'too-early';
  /** Customers by tier of the policy in force (`from`) and of the challenger (`to`). */
  readonly matrix: readonly TierMove[];
};

/** Reads what is stored and makes no call. `null`: no policy is in shadow. */
export async function compareShadow(ctx: RunContext): Promise<ShadowComparison | null> {
  const { connection, store, policy } = ctx;
  const challenger = await store.shadows.challenger();
  if (challenger === null) return null;
  const { number, version, at, by, why } = challenger;
  const head = {
    ...{ connection, challenger: { number, version, at, by, why } },
    champion: { version: policyVersion(policy) },
  };
  const snapshot = await store.shadows.snapshot(connection);
  if (snapshot === null || !isOf(snapshot, challenger, head.champion.version))
    return { ...head, status: 'waiting' };
  return { ...head, ...(await compared(ctx, challenger, snapshot)) };
}

function isOf(snapshot: ShadowSnapshot, { number }: ReleasedPolicy, champion: string): boolean {
  return snapshot.isComplete && snapshot.release === number && snapshot.champion === champion;
}

async function compared(
  ctx: RunContext,
  challenger: ReleasedPolicy,
  { asOf, currency }: ShadowSnapshot,
): Promise<ComparedShadow> {
  const { store, connection, policy } = ctx;
  const until = await today(ctx);
  const [first, last] = [dayNumber(asOf) ?? 0, dayNumber(until) ?? 0];
  const other = parsePolicy(challenger.source, `release ${challenger.number}`);
  const keys = { champion: tierKeys(policy), challenger: tierKeys(other) };
  const sums = new ShadowSums(keys, 10 ** minorDigits(currency));
  for await (const page of salesBetween(ctx, first, last)) {
    const pairs = await store.shadows.pairs(connection, [...page.keys()]);
    for (const [id, pair] of pairs) sums.add(pair, page.get(id) ?? []);
  }
  const { customers, buyers, netMinor } = sums;
  const telling = whenToTell(asOf, until, buyers);
  const figures = comparePolicies(sums.columns());
  const isReady = telling.kind === 'ready';
  return {
    ...{ status: 'compared', asOf, until, days: Math.max(0, last - first), currency },
    ...{ customers, buyers, netMinor, telling },
    tiers: { champion: sums.next('champion'), challenger: sums.next('challenger') },
    figures: isReady ? figures : { ...figures, verdicts: [] },
    better: isReady ? betterOf(figures) : 'too-early',
    matrix: sums.matrix(),
  };
}

type Sales = readonly { readonly day: number; readonly minor: number }[];

const pageSize = 500;

/** Sales after a day up to another, by customer, a page at a time; who has none is in it as well. */
async function* salesBetween(
  ctx: RunContext,
  after: number,
  until: number,
): AsyncGenerator<ReadonlyMap<RecordId, Sales>> {
  const cuts = await ctx.store.scores.cutPoints(ctx.population.id);
  if (cuts === null) return;
  let page = new Map<RecordId, Sales>();
  for await (const { id, history } of heldHistories(ctx, cuts)) {
    page.set(
      id,
      history.sales.filter(({ day }) => day > after && day <= until),
    );
    if (page.size < pageSize) continue;
    yield page;
    page = new Map();
  }
  yield page;
}

function tierKeys({ tiers }: RunContext['policy']): readonly string[] {
  return tiers.classes.map(({ key }) => key);
}

/** One that wins by a measure and loses by none. */
function betterOf({ verdicts }: PolicyComparison): 'challenger' | 'champion' | 'undecided' {
  const wins = verdicts.some(({ outcome }) => outcome === 'better');
  const loses = verdicts.some(({ outcome }) => outcome === 'worse');
  if (wins === loses) return 'undecided';
  return wins ? 'challenger' : 'champion';
}
