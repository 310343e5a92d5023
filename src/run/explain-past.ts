import { dayNumber, dayText } from '../domain/day.ts';
import type { RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { keptPolicyText } from '../policy/kept-policy.ts';
import type { Language } from '../policy/language.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import { explain } from '../score/explain.ts';
import type { Explanation } from '../score/explanation.ts';
import { leftOutText, tierLabel } from '../score/phrases.ts';
import { reasonTexts } from '../score/reason-texts.ts';
import { type ChangeCause, whatChanged } from '../score/what-changed.ts';
import type { KeptScore } from '../store/history-store.ts';
import type { RunContext } from './context.ts';

/** What a customer's score was on a day. */
export type ExplainedPast = {
  readonly customer: RecordId;
  readonly asOf: LocalDay;
  /** The first day of which a score is kept; `null` without any. */
  readonly keptSince: LocalDay | null;
  /** `null`: the day is before that. */
  readonly past: {
    readonly since: LocalDay;
    /** The last day of it; `null` while it still holds. */
    readonly until: LocalDay | null;
    readonly runId: string;
    /** The policy of then is not readable any more: labels are those of now. */
    readonly isPolicyOfNow: boolean;
    readonly explanation: Explanation;
  } | null;
};

/** How a customer's score became what it is. */
export type ExplainedHistory = {
  readonly customer: RecordId;
  /** Oldest first. */
  readonly scores: readonly HistoryLine[];
};

export type HistoryLine = {
  readonly asOf: LocalDay;
  readonly runId: string;
  readonly policyVersion: string;
  readonly tier: string | null;
  readonly tierLabel: string | null;
  readonly grade: string | null;
  readonly value: number | null;
  readonly loyalty: number | null;
  readonly rfm: string | null;
  /** Why nothing is said of the customer. */
  readonly leftOut: string | null;
  /** `null` of the first that is kept. */
  readonly changed: readonly ChangeCause[] | null;
};

/** The score of a past day, by the policy and the cut points of then. */
export async function explainAsOf(
  ctx: RunContext,
  text: string,
  { asOf, language = ctx.language }: { readonly asOf: LocalDay; readonly language?: Language },
): Promise<readonly ExplainedPast[]> {
  return await eachFound(ctx, text, async (customer, kept) => {
    const at = kept.findLastIndex((one) => one.asOf <= asOf);
    const found = kept[at];
    const head = { customer, asOf, keptSince: kept[0]?.asOf ?? null };
    if (found === undefined) return { ...head, past: null };
    const { policy, isOfNow } = await policyOf(ctx, found.policyVersion);
    const cuts = found.cuts === null ? null : await ctx.store.history.cuts(found.cuts);
    const explanation = explain(found.score, policy, cuts, language);
    const past = {
      ...{ since: found.asOf, until: dayBefore(kept[at + 1]?.asOf), runId: found.runId },
      ...{ isPolicyOfNow: isOfNow, explanation },
    };
    return { ...head, past };
  });
}

/** Tiers and scores by day, with what changed. */
export async function explainHistory(
  ctx: RunContext,
  text: string,
  language: Language = ctx.language,
): Promise<readonly ExplainedHistory[]> {
  return await eachFound(ctx, text, async (customer, kept) => {
    const policies = new Map<string, Policy>();
    for (const { policyVersion: version } of kept)
      if (!policies.has(version)) policies.set(version, (await policyOf(ctx, version)).policy);
    const lines = kept.map((one, at) => {
      const policy = policies.get(one.policyVersion) ?? ctx.policy;
      return lineOf(one, kept[at - 1], policy, language);
    });
    return { customer, scores: lines };
  });
}

async function eachFound<T>(
  { connection, store }: RunContext,
  text: string,
  work: (customer: RecordId, kept: readonly KeptScore[]) => Promise<T>,
): Promise<readonly T[]> {
  const found = await store.records.find(connection, text);
  const all: T[] = [];
  for (const { customer } of found)
    all.push(await work(customer.id, await store.history.of(connection, customer.id)));
  return all;
}

/** As it scored; that of now where it was kept by a version of Assay that reads policies otherwise. */
async function policyOf({ store, policy }: RunContext, version: string) {
  if (version === policyVersion(policy)) return { policy, isOfNow: false };
  const kept = await store.scores.policy(version);
  const text = kept === null ? null : keptPolicyText(kept.content);
  if (text === null) return { policy, isOfNow: true };
  return { policy: parsePolicy(text, `policy ${version}`), isOfNow: false };
}

function dayBefore(day: LocalDay | undefined): LocalDay | null {
  const number = day === undefined ? null : dayNumber(day);
  return number === null ? null : dayText(number - 1);
}

function lineOf(
  kept: KeptScore,
  before: KeptScore | undefined,
  policy: Policy,
  language: Language,
): HistoryLine {
  const { asOf, runId, policyVersion: version, score } = kept;
  const { tier, grade, rfm } = score;
  const texts = reasonTexts[language];
  return {
    ...{ asOf, runId, policyVersion: version, tier, grade },
    tierLabel: tier === null ? null : tierLabel(tier, policy, texts),
    value: score.value?.score ?? null,
    loyalty: score.loyalty?.score ?? null,
    rfm: rfm === null ? null : `${rfm.recency}-${rfm.frequency}-${rfm.monetary}`,
    leftOut: leftOutText(score, texts),
    changed: before === undefined ? null : whatChanged(before, kept),
  };
}
