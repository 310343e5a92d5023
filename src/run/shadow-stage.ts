import type { Account } from '../connector/account.ts';
import type { LocalDay } from '../domain/time.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import type { ReleasedPolicy } from '../store/policy-store.ts';
import type { RunContext } from './context.ts';
import { scoresOf, standingsOf } from './score-pages.ts';
import { eachPage, openScoreReader } from './score-reader.ts';
import { cutsFoundNow } from './simulation-sides.ts';
import type { Together } from './together.ts';

export type ShadowWhen = {
  readonly asOf: LocalDay;
  readonly account: Account;
  readonly together: Together;
  /** Everybody was scored just now. */
  readonly isBase: boolean;
};

/**
 * Scores the base by the challenger as well, by cut points of its own, once: after the first full
 * scoring, and after the first by another policy in force. What a crash left half done is done anew in the next run.
 * Nothing but `shadow_scores` knows of it: no score, no plan, no write.
 */
export async function shadowStage(ctx: RunContext, when: ShadowWhen): Promise<void> {
  const { connection, store, log } = ctx;
  const challenger = await store.shadows.challenger();
  if (challenger === null || !(await isWanted(ctx, challenger, when.isBase))) return;
  const policy = readable(challenger);
  if (policy === null) {
    log.warn({ connection, release: challenger.number }, 'shadow.unreadable');
    return;
  }
  const customers = await scoreBeside({ ...ctx, policy }, challenger.number, when, ctx.policy);
  log.info({ connection, release: challenger.number, customers }, 'shadow.scored');
}

async function isWanted(
  { connection, store, policy }: RunContext,
  { number }: ReleasedPolicy,
  isBase: boolean,
): Promise<boolean> {
  const kept = await store.shadows.snapshot(connection);
  const isCurrent =
    kept !== null && kept.release === number && kept.champion === policyVersion(policy);
  return isCurrent ? !kept.isComplete : isBase;
}

/** A challenger of a version of Assay that reads policies otherwise stops no run. */
function readable({ source, number }: ReleasedPolicy): Policy | null {
  try {
    return parsePolicy(source, `release ${number}`);
  } catch {
    return null;
  }
}

async function scoreBeside(
  ctx: RunContext,
  release: number,
  { asOf, account, together }: ShadowWhen,
  champion: Policy,
): Promise<number> {
  const { connection, store } = ctx;
  const reader = await openScoreReader(ctx, { asOf, account, together });
  const cuts = await cutsFoundNow(reader);
  const { currency } = account;
  const snapshot = { release, asOf, champion: policyVersion(champion), currency };
  await store.shadows.open(connection, snapshot);
  const customers = await eachPage(reader, { connection, whom: 'all' }, async (persons) => {
    const histories = persons.map((person) => reader.history(person));
    const scores = scoresOf(reader, cuts, histories, await standingsOf(reader, histories));
    const rows = scores.map(({ customerId: customer, value, tier }) => ({
      ...{ customer, value: value?.score ?? null, tier },
    }));
    await store.shadows.save(connection, rows);
  });
  await store.shadows.close(connection);
  return customers;
}
