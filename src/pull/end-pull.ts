import type { AuditFact } from '../domain/audit.ts';
import type { PullSource } from './pull-source.ts';

/**
 * Takes from the store what a complete listing did not name, and moves the watermark. A listing that
 * is not believed takes nothing: the pull is dropped, so that the next one lists anew.
 */
export async function endPull(source: PullSource): Promise<{ readonly removed: number }> {
  const { connection, store } = source;
  const fact = await letTake(source);
  return await store.pulls.finish(connection, fact);
}

async function letTake({ connection, store, letTake }: PullSource): Promise<AuditFact | null> {
  const unlisted = await store.pulls.unlisted(connection);
  try {
    return letTake(unlisted);
  } catch (error) {
    await store.pulls.abandon(connection);
    throw error;
  }
}
