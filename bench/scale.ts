import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Round, round } from './scale/round.ts';
import { storeSize } from './scale/store-size.ts';

/**
 * Many small portals on one Postgres with 1, 2 and 4 worker processes: how many are loaded, scored and
 * written a minute, beside as many times what one worker does; whether a portal was ever held twice,
 * or a call refused as too many. Prints one JSON document. The portals are in this process, on the
 * same cores as the workers and the database, which bounds what more workers can give.
 */
const { values } = parseArgs({
  options: {
    portals: { type: 'string', default: '200' },
    customers: { type: 'string', default: '500' },
    workers: { type: 'string', default: '1,2,4' },
    parallel: { type: 'string', default: '4' },
    'latency-ms': { type: 'string', default: '300' },
    'limit-minutes': { type: 'string', default: '60' },
    /** Measures in place of that what one portal of so many customers takes in the store. */
    'store-size': { type: 'string' },
  },
});

if (values['store-size'] !== undefined) {
  const contacts = Number(values['store-size']);
  print(await storeSize({ contacts, deals: contacts * 3, seed: 1 }));
} else {
  print(await scale());
}

async function scale() {
  const size = {
    portals: Number(values.portals),
    customers: Number(values.customers),
    latencyMs: Number(values['latency-ms']),
    parallel: Number(values.parallel),
    limitMinutes: Number(values['limit-minutes']),
  };
  const rounds: Round[] = [];
  for (const workers of values.workers.split(',').map(Number))
    rounds.push(await round({ ...size, workers }));
  const [first] = rounds;
  const cores = availableParallelism();
  const beside = rounds.map((one) => ({ ...one, ofIdeal: ofIdeal(one, first) }));
  return { ...size, cores, rounds: beside };
}

/** Share of what as many workers would do if each did as much as one of the first round. */
function ofIdeal({ workers, portalsPerMinute }: Round, first: Round | undefined): number | null {
  if (first === undefined || first.portalsPerMinute === 0) return null;
  const ideal = (first.portalsPerMinute / first.workers) * workers;
  return Math.round((portalsPerMinute / ideal) * 100) / 100;
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
