import type { PullObject } from '../../src/domain/pull-task.ts';
import { blamesMarks, fieldsAfterRefusal, isQueryRefused, refusedOf } from './column-refusal.ts';
import { type CoqlRows, coql } from './coql.ts';
import { allOf, behind, modified, notOurs, type OwnMarks } from './criteria.ts';
import type { ZohoRefusal } from './errors.ts';
import { moduleOf, type PullContext } from './pull-context.ts';
import type { ObjectMark } from './watermark.ts';

/** As many rows as one credit brings (facts §1). */
export const probeRows = 200;

export type Probe = CoqlRows & {
  /** The rows have these fields; `null`: only their ids and times. */
  readonly fields: readonly string[] | null;
  readonly marks: OwnMarks | null;
};

type Asked = {
  readonly object: PullObject;
  readonly mark: ObjectMark;
  readonly fields: readonly string[];
  readonly marks: OwnMarks | null;
};

/**
 * The newest rows changed since the mark, latest first: nearly always all of them. The latest is how
 * far this delta reaches, and the last stretch of them is what the next one need not yield again.
 */
export async function probe(
  context: PullContext,
  asked: Asked,
  signal: AbortSignal,
): Promise<Probe> {
  try {
    return await newest(context, asked, signal);
  } catch (error) {
    if (!isQueryRefused(error)) throw error;
    return await probe(context, await afterRefusal(context, asked, error, signal), signal);
  }
}

/** Without what is gone or refused; the marker's field is looked for once more by its id. */
async function afterRefusal(
  context: PullContext,
  asked: Asked,
  refusal: ZohoRefusal,
  signal: AbortSignal,
): Promise<Asked> {
  const { object, fields, marks } = asked;
  if (!blamesMarks(refusal, marks)) {
    const known = await fieldsAfterRefusal(context, object, refusal, fields, signal);
    return { ...asked, fields: known };
  }
  const { session } = context;
  session.metadata.forget(moduleOf(session, object));
  const { marker } = await session.own(signal);
  if (marker !== null && marker !== marks.field)
    return { ...asked, marks: { ...marks, field: marker } };
  session.log.warn({ object, reason: refusal.message }, 'pull.marker-unusable');
  return { ...asked, marks: null };
}

async function newest(
  context: PullContext,
  { object, mark, fields, marks }: Asked,
  signal: AbortSignal,
): Promise<Probe> {
  const { session } = context;
  const isByGet = refusedOf(context, object, fields).length > 0;
  const start = mark.from === null ? behind(mark.last) : modified('>=', mark.from);
  const { rows, hasMore } = await coql(
    session,
    {
      module: moduleOf(session, object),
      select: isByGet ? ['Created_Time', 'Modified_Time'] : fields,
      where: marks === null ? start : allOf(start, notOurs(marks)),
      order: 'Modified_Time desc, id desc',
      limit: Math.min(probeRows, session.settings.coqlRows),
    },
    signal,
  );
  return { rows, hasMore, marks, fields: isByGet ? null : fields };
}
