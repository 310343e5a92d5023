import { type Page, paginate } from '../../src/connector/paginate.ts';
import { idOrder } from './id-order.ts';
import { creditsOfLimit } from './read-route.ts';
import type { Row } from './rows.ts';
import { recordPage, type WireRecord } from './wire.ts';
import type { Witness } from './witness.ts';
import { rowsPerProof } from './write-costs.ts';

/** Between our reckoning of Zoho's time and that time itself. */
const slackMs = 5_000;

/**
 * Records that carry the run's marker and were modified since, with what these rows set; from the lowest
 * of their ids on, in order.
 */
export function markedSince(
  witness: Witness,
  rows: readonly Row[],
): AsyncIterable<readonly WireRecord[]> {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  const columns = ['id', 'Modified_Time', ...names].join(', ');
  const page = priceOf(rows.length, witness.session.settings.coqlRows);
  return paginate(
    belowAll(rows),
    async (after) => await markedPage(witness, columns, page, after),
    witness.signal,
  );
}

function belowAll(rows: readonly Row[]): string {
  return String(BigInt(rows.toSorted(idOrder)[0]?.id ?? 1) - 1n);
}

type PageSize = { readonly rows: number; readonly credits: number };

async function markedPage(
  { session, own, marker, since, signal }: Witness,
  columns: string,
  { rows, credits }: PageSize,
  after: string,
): Promise<Page<readonly WireRecord[], string>> {
  const from = new Date(since - slackMs).toISOString().replace(/\.\d+Z$/, '+00:00');
  const ours = `${own.marker} = '${marker.replaceAll("'", "\\'")}'`;
  const where = `(${ours} and (Modified_Time >= '${from}' and id > '${after}'))`;
  const query = `select ${columns} from ${session.module} where ${where} order by id asc limit ${rows}`;
  const { records } = await session.client.send(
    {
      ...{ method: 'POST', path: '/crm/v8/coql', body: { select_query: query } },
      ...{ answer: recordPage, effect: 'read', credits, pool: 'complex' },
    },
    signal,
  );
  const last = records.at(-1)?.id ?? null;
  return { values: records, next: records.length < rows ? null : last };
}

/** The least that holds them all in one call; `most` is what a call may give. */
function priceOf(rows: number, most: number): PageSize {
  const steps = [200, 1_000, rowsPerProof];
  const size = steps.find((step) => rows <= step) ?? rowsPerProof;
  return { rows: Math.min(size, most), credits: creditsOfLimit(Math.min(size, most)) };
}
