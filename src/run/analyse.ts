import { dayNumber } from '../domain/day.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints, KeyAccountCut } from '../policy/cut-points.ts';
import { PairCounts, ProductCounts, type ProductPair } from '../score/analysis/association.ts';
import { type BestProfile, ProfileCounts } from '../score/analysis/profile.ts';
import { type TierCheck, TierCheckBase } from '../score/analysis/tier-check.ts';
import { BaseQuality, type BaseQualityReport } from '../score/quality/base-quality.ts';
import type { RunContext } from './context.ts';
import { personHistory } from './person-history.ts';
import { withPartners } from './persons.ts';

/** What a scored base says of itself: how good its data and how sound its tiers are. */
export type Analysis = {
  /** The day of the newest score. */
  readonly asOf: LocalDay;
  readonly currency: string;
  readonly quality: BaseQualityReport;
  /** As found with the cut points; the policy's share beside it. */
  readonly keyAccounts: (KeyAccountCut & { readonly wanted: number }) | null;
  /** `null` with too few customers to tell. */
  readonly tierCheck: TierCheck | null;
  readonly profile: (BestProfile & { readonly tier: string }) | null;
  /** `null` where no deal says what was bought. */
  readonly together: ProductsTogether | null;
};

export type ProductsTogether = {
  readonly products: number;
  /** Orders with known products; one of several customers counts for each. */
  readonly orders: number;
  readonly pairs: readonly ProductPair[];
};

const pageSize = 500;

/** Products that pairs are looked for among: 360 kB of counts. */
const PRODUCTS = 300;
const PAIRS = { least: 5, leastShare: 0.001, most: 20 };

/** Reads the whole store, once more where products are known; makes no call. `null` before scoring. */
export async function analyseConnection(ctx: RunContext): Promise<Analysis | null> {
  const { connection, store, policy } = ctx;
  const cuts = await store.scores.cutPoints(ctx.population.id);
  const { newestAsOf: asOf } = await store.scores.state(connection);
  const today = asOf === null ? null : dayNumber(asOf);
  if (cuts === null || asOf === null || today === null) return null;
  const tiers = policy.tiers.classes.map(({ key }) => key);
  const [best = ''] = tiers;
  const quality = new BaseQuality(policy, today);
  const check = new TierCheckBase(tiers);
  const profile = new ProfileCounts();
  const products = new ProductCounts();
  await eachScored(ctx, cuts, ({ score, history }) => {
    quality.add(history);
    products.add(history.sales, today);
    if (score.tier === null) return;
    check.add(score.signals, score.tier);
    profile.add(history.attributes, score.tier === best);
  });
  const { wonMinor } = await store.records.counts(connection);
  const found = profile.build(policy.prospects.shrinkage);
  return {
    asOf,
    currency: cuts.currency,
    quality: quality.build({
      wonMinor,
      unattributed: await store.records.unattributed(connection),
    }),
    keyAccounts:
      cuts.keyAccounts === null ? null : { wanted: policy.keyAccounts.share, ...cuts.keyAccounts },
    tierCheck: check.build(),
    profile: found === null ? null : { tier: best, ...found },
    together: products.products === 0 ? null : await productsTogether(ctx, cuts, products, today),
  };
}

async function productsTogether(
  ctx: RunContext,
  cuts: CutPoints,
  products: ProductCounts,
  today: number,
): Promise<ProductsTogether> {
  const counts = new PairCounts(products.top(PRODUCTS));
  await eachScored(ctx, cuts, ({ history }) => counts.add(history.sales, today));
  const { orders } = counts;
  const least = Math.max(PAIRS.least, Math.ceil(orders * PAIRS.leastShare));
  return {
    products: products.products,
    orders,
    pairs: counts.pairs({ least, most: PAIRS.most }),
  };
}

type Scored = { readonly score: Score; readonly history: CustomerHistory };

/** By id. Days of creation are not looked at, so the account's time zone need not be asked for. */
async function eachScored(
  ctx: RunContext,
  { currency, coverage, over }: CutPoints,
  work: (one: Scored) => void,
): Promise<void> {
  const { connection, store, policy, attribution } = ctx;
  const world = { homeCurrency: currency, timeZone: 'UTC', policy, attribution, coverage };
  const source = { store, together: over ?? [connection] };
  let after: RecordId | null = null;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: readonly { readonly score: Score }[] = await store.scores.page(connection, {
      after,
      limit: pageSize,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    const scores = new Map(page.map(({ score }) => [score.customerId, score]));
    const isDuplicate = (of: ConnectionId, id: RecordId) =>
      of === connection &&
      scores.get(id)?.quality.problems.includes('duplicate-candidate') === true;
    const historyOf = personHistory(ctx, { ...world, timeZones: new Map(), isDuplicate });
    const rows = await store.records.byIds(connection, [...scores.keys()]);
    for (const person of await withPartners(source, connection, rows)) {
      const score = scores.get(person.customer.id);
      if (score !== undefined) work({ score, history: historyOf(person, null) });
    }
    after = last.score.customerId;
  }
}
