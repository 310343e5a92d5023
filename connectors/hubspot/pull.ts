import type { PullPage, PullPlan, PullRequest } from '../../src/connector/pull.ts';
import { type PullTask, pullObjects } from '../../src/domain/pull-task.ts';
import { assertNever } from '../../src/lib/assert-never.ts';
import { parseCursor } from './cursors.ts';
import { toInstant } from './instant.ts';
import { archivedPage } from './pull-archived.ts';
import { changesPage } from './pull-changes.ts';
import { askedDigest, type PullContext } from './pull-context.ts';
import { planDelta } from './pull-delta.ts';
import { planScan, scanPage } from './pull-scan.ts';
import { fullWatermark, parseWatermark, renderWatermark, type Watermark } from './watermark.ts';

const dayMs = 86_400_000;

/** Decides the route; makes the few counting calls that it takes. */
export async function planPull(
  context: PullContext,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPlan> {
  // Its answer also brings the CRM's time.
  await context.portal.account(signal);
  const watermark = parseWatermark(request.watermark);
  const reason = fullReason(context, request, watermark);
  if (watermark === null || reason !== null)
    return await planFull(context, reason ?? 'nothing was read before', signal);
  return await planDelta(context, watermark, request, signal);
}

function fullReason(
  context: PullContext,
  { mode, mayList = true }: PullRequest,
  watermark: Watermark | null,
): string | null {
  if (watermark === null) return 'nothing was read before';
  if (mode === 'full') return 'a full pull was asked for';
  if (watermark.asked !== askedDigest(context))
    return 'other properties are mapped or written than when everything was read';
  const { session } = context;
  const { reconcileDays } = session.settings;
  const age = session.serverClock.now() - Date.parse(watermark.fullAt);
  if (age <= reconcileDays * dayMs || !mayList) return null;
  return `the last full pull is more than ${reconcileDays} days old: what no delta can tell is looked for`;
}

async function planFull(
  context: PullContext,
  reason: string,
  signal: AbortSignal,
): Promise<PullPlan> {
  const scans = await Promise.all(pullObjects.map((object) => planScan(context, object, signal)));
  const startedAt = toInstant(context.session.serverClock.now());
  return {
    mode: 'full',
    reason,
    tasks: scans.flatMap(({ tasks }) => tasks),
    watermark: renderWatermark(fullWatermark(startedAt, askedDigest(context))),
    complete: pullObjects,
    estimatedCalls: scans.reduce((sum, { calls }) => sum + calls, 0),
  };
}

/** @throws AssayError `CURSOR_INVALID` (ask). */
export async function pullPage(
  context: PullContext,
  task: PullTask,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = parseCursor(task);
  await context.portal.account(signal);
  switch (cursor.kind) {
    case 'scan':
      return await scanPage(context, task, cursor, signal);
    case 'changes':
      return await changesPage(context, task, cursor, signal);
    case 'archived':
      return await archivedPage(context, task, cursor, signal);
    default:
      return assertNever(cursor);
  }
}
