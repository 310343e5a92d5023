import { CallError } from '../../src/connector/http/call-error.ts';
import type { PullPlan } from '../../src/connector/pull.ts';
import { type PullObject, type PullTask, pullObjects } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';
import { firstPart, startReadJob } from './bulk-read.ts';
import { refusedOf } from './column-refusal.ts';
import { countRows } from './coql.ts';
import { quoted } from './criteria.ts';
import { type Cursor, renderCursor } from './cursors.ts';
import { extraCredits } from './deal-extras.ts';
import { wholeSecond } from './instant.ts';
import { askedDigest, moduleOf, type PullContext } from './pull-context.ts';
import { type ReadKind, type ReadRoute, readRoute, saidCost } from './read-route.ts';
import { partsPerCall } from './related.ts';
import { fieldsToRead } from './shape.ts';
import { fullMark, marksOf, type ObjectMark, renderWatermark } from './watermark.ts';

/** How one object is read completely. */
export type ReadPlan = {
  readonly tasks: readonly PullTask[];
  readonly calls: number;
  readonly reason: string;
  readonly mark: ObjectMark;
};

export async function planFull(
  context: PullContext,
  reason: string,
  signal: AbortSignal,
): Promise<PullPlan> {
  const { session } = context;
  const [customers, deals, user] = await Promise.all([
    planRead(context, 'customers', signal),
    planRead(context, 'deals', signal),
    session.user(signal),
  ]);
  const { marker } = await session.own(signal);
  const watermark = renderWatermark({
    version: 1,
    asked: askedDigest(session),
    fullAt: [customers.mark.last.at, deals.mark.last.at].toSorted()[0] ?? deals.mark.last.at,
    // Asked now, so that the next delta needs not.
    ...{ marker, userId: user.id },
    objects: marksOf(customers.mark, deals.mark),
  });
  return {
    mode: 'full',
    reason: `${reason}: customers by ${customers.reason}; deals by ${deals.reason}`,
    tasks: [...customers.tasks, ...deals.tasks],
    ...{ watermark, complete: pullObjects },
    estimatedCalls: customers.calls + deals.calls,
  };
}

/** Chooses the cheapest route to every record of an object, and begins the job where that is one. */
export async function planRead(
  context: PullContext,
  object: PullObject,
  signal: AbortSignal,
): Promise<ReadPlan> {
  const { session } = context;
  const module = moduleOf(session, object);
  const fields = await fieldsToRead(session, object, signal);
  const rows = await countRows(session, module, `id > ${quoted('0')}`, signal);
  const begun = await begin(context, { object, fields, rows }, signal);
  const { route, job } = begun;
  const cursor = renderCursor(firstCursor(route.kind, job?.id ?? null, rows, fields));
  const task = { key: `${object}:${route.kind}`, object, kind: route.kind, cursor, expected: rows };
  const parts = object === 'deals' ? extraCredits(session) * rows : 0;
  const composites = Math.ceil(parts / partsPerCall);
  return {
    tasks: [task],
    calls: route.calls + composites,
    reason:
      parts === 0
        ? route.reason
        : `${route.reason} and up to ${saidCost({ credits: parts + composites, calls: composites })} for related lists`,
    mark: fullMark({ startedAt: begun.startedAt, select: fields }, [...context.refused[object]]),
  };
}

type Wanted = {
  readonly object: PullObject;
  readonly fields: readonly string[];
  readonly rows: number;
};

type Begun = {
  readonly route: ReadRoute;
  readonly job: { readonly id: string } | null;
  /** Zoho's time before the first record is read. */
  readonly startedAt: Instant;
};

async function begin(context: PullContext, wanted: Wanted, signal: AbortSignal): Promise<Begun> {
  const { session } = context;
  const { edition } = await session.org(signal);
  const startedAt = wholeSecond(session.serverClock.now());
  const hasBulk = session.settings.bulkRead && edition !== 'free';
  const route = routeOf(context, wanted, hasBulk);
  if (route.kind !== 'bulk') return { route, job: null, startedAt };
  const { object, fields } = wanted;
  try {
    const module = moduleOf(session, object);
    const job = await startReadJob(session, { module, fields, part: firstPart }, signal);
    return { route, job, startedAt: job.createdAt ?? startedAt };
  } catch (error) {
    if (!(error instanceof CallError) || !noBulk.has(error.code)) throw error;
    session.log.warn({ object, code: error.code, reason: error.message }, 'pull.no-bulk-read');
    return { route: routeOf(context, wanted, false), job: null, startedAt };
  }
}

/** The edition, the scope or the profile does not allow it, or the module is none that it exports. */
const noBulk: ReadonlySet<string> = new Set([
  'ACCESS_DENIED',
  'SCOPE_MISSING',
  'NOT_FOUND',
  'REQUEST_REFUSED',
]);

function routeOf(context: PullContext, { object, fields, rows }: Wanted, hasBulk: boolean) {
  const unselectable = refusedOf(context, object, fields);
  const { coqlRows, bulkReadCredits: jobCredits } = context.session.settings;
  return readRoute({ rows, fields: fields.length, unselectable, hasBulk, jobCredits, coqlRows });
}

function firstCursor(
  kind: ReadKind,
  job: string | null,
  rows: number,
  fields: readonly string[],
): Cursor {
  const asked = [...fields];
  if (kind === 'bulk') return { kind, job, row: 0, part: firstPart, fields: asked };
  if (kind === 'get') return { kind, token: null, above: '0', left: rows, fields: asked };
  return { kind: 'scan', above: '0', left: rows, byId: kind === 'by-id', fields: asked };
}
