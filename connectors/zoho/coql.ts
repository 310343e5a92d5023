import { z } from 'zod';
import { ZohoRefusal } from './errors.ts';
import { type FlatRecord, flatRecord } from './flat-record.ts';
import { creditsOfLimit } from './read-route.ts';
import type { Session } from './session.ts';
import { recordPage } from './wire.ts';

/** One query; every clause is mandatory here, and WHERE is for Zoho too (facts §4.2). */
export type CoqlQuery = {
  readonly module: string;
  /** Beside the id. */
  readonly select: readonly string[];
  readonly where: string;
  readonly order: string;
  /** Decides what the call costs (facts §1). */
  readonly limit: number;
};

export type CoqlRows = { readonly rows: readonly FlatRecord[]; readonly hasMore: boolean };

/** Rows that Zoho's specification allows where its limitations page says 2,000 (facts §4.2). */
const surelyAllowed = 200;

/** @throws ZohoRefusal `REQUEST_REFUSED` with `INVALID_QUERY` for a field that it cannot select. */
export async function coql(
  session: Session,
  query: CoqlQuery,
  signal: AbortSignal,
): Promise<CoqlRows> {
  try {
    return await ask(session, query, signal);
  } catch (error) {
    if (!isTooMany(error) || query.limit <= surelyAllowed) throw error;
    session.log.warn({ limit: query.limit, todo: 'set coqlRows: 200' }, 'pull.coql-limit');
    return await ask(session, { ...query, limit: surelyAllowed }, signal);
  }
}

function isTooMany(error: unknown): boolean {
  return (
    error instanceof ZohoRefusal &&
    error.zohoCode === 'LIMIT_EXCEEDED' &&
    error.details['clause'] === 'limit'
  );
}

async function ask(
  session: Session,
  { module, select, where, order, limit }: CoqlQuery,
  signal: AbortSignal,
): Promise<CoqlRows> {
  const columns = [...new Set(['id', ...select])].join(', ');
  const query = `select ${columns} from ${module} where ${where} order by ${order} limit ${limit}`;
  const { records, hasMore } = await session.client.send(
    { ...coqlCall(query), answer: recordPage, credits: creditsOfLimit(limit) },
    signal,
  );
  // Without a word of it, a full page may have another after it.
  return { rows: records.map(flatRecord), hasMore: hasMore || records.length === limit };
}

const countAnswer = z
  .object({ data: z.array(z.record(z.string(), z.unknown())) })
  .optional()
  .transform((answer) => Number(Object.values(answer?.data[0] ?? { none: 0 })[0]));

/** How many live records match: 1 credit. */
export async function countRows(
  session: Session,
  module: string,
  where: string,
  signal: AbortSignal,
): Promise<number> {
  const query = `select count(id) from ${module} where ${where}`;
  return await session.client.send({ ...coqlCall(query), answer: countAnswer, credits: 1 }, signal);
}

function coqlCall(select_query: string) {
  return {
    method: 'POST',
    path: '/crm/v8/coql',
    body: { select_query },
    effect: 'read',
    pool: 'complex',
  } as const;
}
