import { z } from 'zod';

/** A call as far as its price looks at it. */
export interface PricedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What a call uses up. */
export interface Price {
  readonly credits: number;
  /** Complex calls share a pool of ten, whatever the edition (facts §8). */
  readonly isComplex: boolean;
}

/** Prices that no source states for sure (facts §14). */
export interface UnsurePrices {
  /** Credits of one search: one source says 3, most say 1 (facts §8). Default 3. */
  readonly search: number;
  /** Records that one credit updates by mass update: unknown (facts §1). Default 10, as for PUT. */
  readonly massUpdateRecordsPerCredit: number;
}

export const unsurePrices: UnsurePrices = { search: 3, massUpdateRecordsPerCredit: 10 };

type Pricing = (request: PricedRequest, unsure: UnsurePrices) => Price;

const RECORDS_PER_CREDIT = 10;
const complexRecords = 10;

const dataBody = z.object({ data: z.array(z.unknown()) });
const idsBody = z.object({ ids: z.array(z.unknown()) });
const coqlBody = z.object({ select_query: z.string() });

function plain(credits: number): Pricing {
  return () => ({ credits, isComplex: false });
}

function complex(credits: number): Pricing {
  return () => ({ credits, isComplex: true });
}

function perRecords(records: number, recordsPerCredit: number): number {
  return Math.max(1, Math.ceil(records / recordsPerCredit));
}

function recordsIn(body: unknown): number {
  return dataBody.safeParse(body).data?.data.length ?? 1;
}

function idsIn({ body, query }: PricedRequest): number {
  const inBody = idsBody.safeParse(body).data?.ids.length;
  return inBody ?? String(query['ids'] ?? '').split(',').length;
}

/** LIMIT 1–200: 1, to 1,000: 2, to 2,000: 3 (facts §1); without LIMIT there are 200 rows. */
function coqlCredits(query: string): number {
  const outsideQuotes = query.replaceAll(/'[^']*'/g, "''");
  const [, first, second] = /\blimit\s+(\d+)(?:\s*,\s*(\d+))?/i.exec(outsideQuotes) ?? [];
  const rows = Number(second ?? first ?? 200);
  if (rows <= 200) return 1;
  return rows <= 1_000 ? 2 : 3;
}

/** What each kind of call costs (facts §8). */
export const prices = {
  none: plain(0),
  one: plain(1),
  list: ({ query }) => ({
    credits: query['cvid'] === undefined ? 1 : 3,
    isComplex: query['cvid'] !== undefined || query['sort_by'] !== undefined,
  }),
  deleted: plain(2),
  coql: ({ body }) => ({
    credits: coqlCredits(coqlBody.safeParse(body).data?.select_query ?? ''),
    isComplex: true,
  }),
  search: (_request, { search }) => ({ credits: search, isComplex: true }),
  write: ({ body }) => ({
    credits: perRecords(recordsIn(body), RECORDS_PER_CREDIT),
    isComplex: recordsIn(body) > complexRecords,
  }),
  relate: ({ body }) => ({
    credits: perRecords(recordsIn(body), RECORDS_PER_CREDIT),
    isComplex: false,
  }),
  massUpdate: (request, { massUpdateRecordsPerCredit }) => ({
    credits: perRecords(idsIn(request), massUpdateRecordsPerCredit),
    isComplex: false,
  }),
  remove: (request) => ({
    credits: perRecords(idsIn(request), RECORDS_PER_CREDIT),
    isComplex: false,
  }),
  tags: (request) => ({ credits: perRecords(idsIn(request), 50), isComplex: false }),
  convert: complex(5),
  merge: plain(50),
  bulkRead: plain(50),
  bulkWrite: plain(500),
  /** And what its parts cost, which `price-call.ts` adds. */
  composite: complex(1),
} as const satisfies Readonly<Record<string, Pricing>>;
export type PriceName = keyof typeof prices;
