import { AssayError } from '../domain/assay-error.ts';
import type { AuditFact } from '../domain/audit.ts';
import type { RunId } from '../domain/ids.ts';
import { type ListingDoubt, listingDoubts } from '../plan/guards/source-cut-short.ts';
import type { PullSource } from '../pull/pull-source.ts';
import type { RunContext } from './context.ts';

/** The brake of the pull: whether a complete listing may take from the store what it did not name. */
export function letTakeOf(ctx: RunContext, runId: RunId): PullSource['letTake'] {
  return (unlisted) => {
    const doubts = listingDoubts(ctx.writes.brake, unlisted);
    const [open] = doubts.filter(({ by }) => !isAllowed(ctx, by));
    if (open !== undefined) {
      ctx.tell({ kind: 'held', connection: ctx.connection, by: [open.by], planId: null });
      throw refusalOf(open);
    }
    return doubts.length === 0 ? null : allowedFact(ctx, runId, doubts);
  };
}

function isAllowed({ allowance }: RunContext, by: ListingDoubt['by']): boolean {
  return allowance?.guards.includes(by) === true;
}

/** What a run ends with whose listing was not believed. */
export const doubtCodes = ['SOURCE_EMPTY', 'SOURCE_CUT_SHORT'] as const;

function refusalOf({ by, because }: ListingDoubt): AssayError {
  const todo = `Look in the CRM whether they are really gone, and whether our user may still see them. If they are: \`assay run --full --allow ${by} --why "…"\`.`;
  const kept = 'Nothing was taken from the store, and nothing was written.';
  return by === 'source-empty'
    ? new AssayError('SOURCE_EMPTY', 'ask', `${because} ${kept}`, todo)
    : new AssayError('SOURCE_CUT_SHORT', 'ask', `${because} ${kept}`, todo);
}

function allowedFact(
  { connection, actor, clock, allowance }: RunContext,
  runId: RunId,
  doubts: readonly ListingDoubt[],
): AuditFact {
  const guards = [...new Set(doubts.map(({ by }) => by))];
  return {
    kind: 'source.allowed',
    connection,
    actor: actor.name,
    at: new Date(clock.now()).toISOString(),
    facts: { run: runId, guards, because: doubts.map(({ because }) => because) },
    detail: { customers: [], content: { why: allowance?.why ?? '' } },
  };
}
