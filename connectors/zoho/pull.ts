import type { PullPage, PullPlan, PullRequest } from '../../src/connector/pull.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import { assertNever } from '../../src/lib/assert-never.ts';
import { parseCursor } from './cursors.ts';
import { bulkPage } from './pull-bulk.ts';
import { changesPage, idsPage, removedPage } from './pull-changes.ts';
import { askedDigest, type PullContext } from './pull-context.ts';
import { planDelta } from './pull-delta.ts';
import { planFull } from './pull-full.ts';
import { getPage, scanPage } from './pull-scan.ts';
import { parseWatermark, type Watermark } from './watermark.ts';

const dayMs = 86_400_000;

/** Decides the route; makes the few calls that it takes, and begins bulk jobs. */
export async function planPull(
  context: PullContext,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPlan> {
  // Its answer also brings Zoho's time.
  await context.session.org(signal);
  context.read.clear();
  const watermark = parseWatermark(request.watermark);
  const reason = fullReason(context, request, watermark);
  if (watermark === null || reason !== null)
    return await planFull(context, reason ?? 'nothing was read before', signal);
  return await planDelta(context, watermark, request, signal);
}

function fullReason(
  { session }: PullContext,
  { mode, mayList = true }: PullRequest,
  watermark: Watermark | null,
): string | null {
  if (watermark === null) return 'nothing was read before';
  if (mode === 'full') return 'a full pull was asked for';
  if (watermark.asked !== askedDigest(session))
    return 'other fields are mapped or written than when everything was read';
  const { reconcileDays } = session.settings;
  const age = session.serverClock.now() - Date.parse(watermark.fullAt);
  if (age <= reconcileDays * dayMs || !mayList) return null;
  return `the last full pull is more than ${reconcileDays} days old: what no delta can tell is looked for`;
}

/** @throws AssayError `CURSOR_INVALID` (ask). */
export async function pullPage(
  context: PullContext,
  task: PullTask,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = parseCursor(task);
  await context.session.org(signal);
  switch (cursor.kind) {
    case 'bulk':
      return await bulkPage(context, task, cursor, signal);
    case 'scan':
      return await scanPage(context, task, cursor, signal);
    case 'get':
      return await getPage(context, task, cursor, signal);
    case 'changes':
      return await changesPage(context, task, cursor, signal);
    case 'ids':
      return await idsPage(context, task, cursor, signal);
    case 'removed':
      return removedPage(task, cursor);
    default:
      return assertNever(cursor);
  }
}
