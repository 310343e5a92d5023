import type { Hold } from '../domain/hold.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { PlanMove, PlanSummary } from '../domain/plan.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { WriteMode } from '../domain/write-settings.ts';
import { localDay } from '../lib/local-day.ts';
import { type PolicyEffect, PolicyMoves } from '../plan/policy-moves/policy-moves.ts';
import type { PlanSummarizer } from '../plan/summarize.ts';
import { type ProvisionStep, provisionSteps } from '../policy/diff/provision-steps.ts';
import type { Policy } from '../policy/schema.ts';
import type { ScoredCustomer } from '../store/store.ts';
import { compare, onItsWay, summarizerOf } from './compare-page.ts';
import type { RunContext } from './context.ts';
import type { ListsNow } from './list-stage.ts';
import { listsAsKnown } from './lists-as-known.ts';
import type { Person } from './persons.ts';
import { PlanDigest } from './plan-digest.ts';
import { scoresOf, standingsOf } from './score-pages.ts';
import { eachPage } from './score-reader.ts';
import { ScoresDigest } from './scores-digest.ts';
import { SimulatedSight, simulatedHolds } from './simulated-brake.ts';
import { type FoundCuts, openSides, type Side, type Sides } from './simulation-sides.ts';

/**
 * What a draft would do on the present base if it were published and the next run scored everybody:
 * against what the policy in force would do on the same day, so that only the policy makes the
 * difference; and the plan that the run would make, against what the CRM holds.
 */
export type Simulation = {
  readonly connection: ConnectionId;
  readonly crm: string;
  readonly asOf: LocalDay;
  readonly currency: string;
  /** Whether the run would find new cut points, and why. */
  readonly cutPoints: { readonly isNew: boolean; readonly reason: string };
  readonly effect: PolicyEffect;
  readonly plan: {
    readonly summary: PlanSummary;
    readonly moves: readonly PlanMove[];
    /** As the plan's own. */
    readonly digest: string;
  };
  /** Guards of the brake that would hold it; the connection's mode may hold it too. */
  readonly holds: readonly Hold[];
  readonly mode: WriteMode;
  /** What `assay provision` has to make in the CRM first. */
  readonly provision: readonly ProvisionStep[];
  /** Of all scores: see `ScoresDigest`. */
  readonly scoresDigest: string;
};

export type SimulateOptions = {
  /** Default: today in the account's time zone. */
  readonly asOf?: LocalDay | undefined;
  /** As a complete run would: new cut points in any case. Default: as the next run. */
  readonly full?: boolean;
  /** Shared by the connections of one simulation. */
  readonly found?: FoundCuts;
};

/** Makes no call but the look at the account, and stores nothing: not even a score. */
export async function simulatePolicy(
  ctx: RunContext,
  draft: Policy,
  { asOf: given, full = false, found = new Map() }: SimulateOptions = {},
): Promise<Simulation> {
  const { connection, connector, store, clock, signal, progress } = ctx;
  const account = await connector.account(signal);
  const asOf = given ?? localDay(clock.now(), account.timeZone);
  const { customers } = await store.records.counts(connection);
  progress.start('score', customers);
  const sides = await openSides(ctx, draft, { asOf, account, all: full, found });
  const lists = await listsAsKnown({ ...ctx, policy: draft });
  const sums = new Sums(ctx, draft, lists, summarizerOf(ctx, lists, account.quota));
  const of = { connection, whom: 'all' } as const;
  await eachPage(sides.after.reader, of, async (persons) => {
    await simulatePage(sums, sides, persons);
    progress.advance('score', persons.length);
  });
  progress.end('score');
  const { scope } = sides.after;
  return {
    ...{ connection, crm: connector.crm, asOf, currency: account.currency },
    cutPoints: { isNew: scope.cuts === null, reason: scope.reason },
    ...(await sums.build()),
    mode: ctx.writes.mode,
    provision: provisionSteps(ctx.policy, draft, ctx.language),
  };
}

async function simulatePage(
  sums: Sums,
  { before, after }: Sides,
  persons: readonly Person[],
): Promise<void> {
  const histories = persons.map((person) => after.reader.history(person));
  const standings = await standingsOf(after.reader, histories);
  const scores = scoresOf(after.reader, after.cuts, histories, standings);
  await sums.take(persons, scoredBy(before, persons, standings), scores);
}

function scoredBy(
  { reader, cuts }: Side,
  persons: readonly Person[],
  standings: Parameters<typeof scoresOf>[3],
): readonly Score[] {
  const histories = persons.map((person) => reader.history(person));
  return scoresOf(reader, cuts, histories, standings);
}

/** All that is added up while customers stream by. */
class Sums {
  readonly #ctx: RunContext;
  readonly #draft: Policy;
  readonly #lists: ListsNow;
  readonly #summarizer: PlanSummarizer;
  readonly #moves: PolicyMoves;
  readonly #sight = new SimulatedSight();
  readonly #plan = new PlanDigest();
  readonly #scores = new ScoresDigest();

  constructor(ctx: RunContext, draft: Policy, lists: ListsNow, summarizer: PlanSummarizer) {
    this.#ctx = ctx;
    this.#draft = draft;
    this.#lists = lists;
    this.#summarizer = summarizer;
    this.#moves = new PolicyMoves(ctx.policy, draft);
  }

  async take(
    persons: readonly Person[],
    before: readonly Score[],
    after: readonly Score[],
  ): Promise<void> {
    for (const [at, score] of after.entries()) {
      const was = before[at];
      if (was !== undefined) this.#moves.add(was, score);
      this.#scores.add(score);
    }
    const arriving = await onItsWay(
      this.#ctx,
      after.map(({ customerId }) => customerId),
    );
    const page = arriving(await this.#beside(persons, after));
    for (const scored of page) this.#sight.add(scored);
    const compared = { lists: this.#lists, summarizer: this.#summarizer };
    const target = { policy: this.#draft, language: this.#ctx.language };
    const { changes, memberships } = compare(target, compared, page, 0);
    this.#plan.add(changes, memberships);
  }

  async build() {
    const { language } = this.#ctx;
    const summary = this.#summarizer.build();
    return {
      effect: this.#moves.build(language),
      plan: {
        summary,
        moves: this.#summarizer.topMoves(this.#draft, language),
        digest: this.#plan.text(),
      },
      holds: await simulatedHolds(this.#ctx, summary, this.#sight),
      scoresDigest: this.#scores.text(),
    };
  }

  /** Scores beside what the CRM holds. */
  async #beside(
    persons: readonly Person[],
    scores: readonly Score[],
  ): Promise<readonly ScoredCustomer[]> {
    const { connection, store } = this.#ctx;
    const ids = persons.map(({ customer }) => customer.id);
    const select = { after: null, limit: ids.length, ids };
    const stored = await store.scores.page(connection, select);
    const lists = new Map(stored.map((one) => [one.score.customerId, one.lists]));
    return scores.map((score, at) => ({
      score,
      held: persons[at]?.customer.held ?? {},
      lists: lists.get(score.customerId) ?? [],
    }));
  }
}
