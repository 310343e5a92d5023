import { rm } from 'node:fs/promises';
import { randomFor } from '../../../sandbox/data/random.ts';
import { type Step, steps } from '../../../src/lib/step.ts';
import { anyStep, type KillAt } from '../child/kill-at.ts';
import type { Case, OpenPart, Part, PartOptions } from '../kit/part.ts';
import { openHubSpotStand } from './hubspot-stand.ts';
import { killedAt } from './kill-case.ts';
import { bulkPhases, type Ground, type Lived, liveThrough, phases } from './life.ts';
import { type StandName, standNames } from './stand.ts';
import {
  type EngineName,
  engineNames,
  openPgliteStores,
  openPostgresStores,
  openScratch,
  type Stores,
} from './stores.ts';
import { openZohoBulkStand, openZohoStand } from './zoho-stand.ts';

/**
 * The kill matrix: a process killed (SIGKILL) at each named step of each phase of a life, at the first,
 * a middle and the last time that it comes there, on each engine, with each CRM; restarted until it
 * ends, and compared with a life that nothing interrupted.
 */
export const kill: Part = { name: 'kill', counts: 'crashPoints', open };

/** Steps of a process that goes on where a killed one stopped, and where that one was killed. */
const onlyAfterAKill = [
  { first: 'apply.sent', second: 'apply.read-back' },
  { first: 'apply.sending', second: 'apply.settled' },
  { first: 'apply.job-made', second: 'apply.read-back' },
  { first: 'apply.job-named', second: 'apply.settled' },
  { first: 'lists.sent', second: 'lists.read-back' },
] as const;

/** No other way of writing comes there. */
const onlyByJobs: readonly Step[] = ['apply.job-noted', 'apply.job-made', 'apply.job-named'];

/** Steps at which a bulk job makes a difference: elsewhere a life by jobs is as another. */
const bulkSteps: ReadonlySet<string> = new Set<Step>([
  ...(['pull.planned', 'pull.page-read', 'pull.page-stored', 'apply.marked'] as const),
  ...(['apply.sending', 'apply.sent', 'apply.receipts-saved', 'apply.canary-compared'] as const),
  ...onlyByJobs,
]);

const everyPoint: ReadonlySet<string> = new Set(steps);

/**
 * How each stand is opened, what is lived there, where processes are killed, and how many of a phase's
 * points are followed by a second kill at any later step.
 */
const stands = {
  hubspot: { openStand: openHubSpotStand, phases, at: everyPoint, secondKills: 6 },
  zoho: { openStand: openZohoStand, phases, at: everyPoint, secondKills: 6 },
  'zoho-bulk': {
    ...{ openStand: openZohoBulkStand, phases: bulkPhases, at: bulkSteps, secondKills: 2 },
  },
} as const;

async function open(options: PartOptions): Promise<OpenPart> {
  const scratch = await openScratch();
  const engines = new Map<EngineName, Promise<Stores>>();
  const close = async () => {
    for (const stores of engines.values()) await stores.then((opened) => opened.close());
    await rm(scratch, { recursive: true, force: true });
  };
  const storesOf = (engine: EngineName) => {
    const stores = engines.get(engine) ?? openStores(engine, scratch);
    engines.set(engine, stores);
    return stores;
  };
  try {
    const all = await Promise.all(
      chosenOf(options).map(async ({ engine, name }) => {
        const stores = await storesOf(engine);
        const ground = { name, stores, ...stands[name], scratch };
        const lived = await liveThrough(ground, options.signal);
        options.say(`kill: ${engine} ${name}: ${lived.map(told).join(', ')}`);
        return { lived, cases: casesOf(ground, engine, lived, options.seed) };
      }),
    );
    const reached = new Set(all.flatMap(({ lived }) => lived.flatMap((each) => each.steps)));
    const names = chosenOf(options).map(({ name }) => name);
    return { cases: [everyStep(reached, names), ...all.flatMap(({ cases }) => cases)], close };
  } catch (error) {
    await close();
    throw error;
  }
}

const combinations = engineNames.flatMap((engine) => standNames.map((name) => ({ engine, name })));

function chosenOf({ isSample, seed, only }: PartOptions) {
  if (isSample) return combinations.filter((_, at) => at === seed % combinations.length);
  const named = combinations.filter(({ engine, name }) => only?.includes(`${engine}/${name}/`));
  return named.length > 0 ? named : combinations;
}

async function openStores(engine: EngineName, scratch: string): Promise<Stores> {
  return await (engine === 'pglite' ? openPgliteStores(scratch) : openPostgresStores());
}

function told({ phase, steps: reached }: Lived): string {
  return `${phase.name} ${reached.length} steps`;
}

/** A name that no process ever says would make the matrix smaller than it looks. */
function everyStep(reached: ReadonlySet<string>, names: readonly StandName[]): Case {
  const elsewhere = names.includes('zoho-bulk') ? [] : onlyByJobs;
  const later = new Set<string>([...onlyAfterAKill.map(({ second }) => second), ...elsewhere]);
  const never = steps.filter((step) => !reached.has(step) && !later.has(step));
  const why = `never reached: ${never.join(', ')}`;
  return {
    id: 'every-step',
    run: async () =>
      never.length === 0 ? { status: 'equal', tried: 0 } : { status: 'mismatch', tried: 0, why },
  };
}

function casesOf(
  ground: Ground,
  engine: EngineName,
  lives: readonly Lived[],
  seed: number,
): readonly Case[] {
  return lives.flatMap((lived) =>
    pointsOf(lived, seed, ground.name).map(({ id, points }): Case => {
      const full = `${engine}/${ground.name}/${lived.phase.name}/${id}`;
      return { id: full, run: async (signal) => killedAt(ground, lived, points, signal) };
    }),
  );
}

type Points = { readonly id: string; readonly points: readonly KillAt[] };

function pointsOf(lived: Lived, seed: number, name: StandName): readonly Points[] {
  const { at, secondKills } = stands[name];
  const once = [...countsOf(lived.steps)]
    .filter(([step]) => at.has(step))
    .flatMap(([step, hits]) => positions(hits).map((hit) => ({ step, hit })));
  const random = randomFor(seed, 'second kill', name, lived.phase.name);
  const any = (count: number) => 1 + Math.floor(random.next() * count);
  // A phase without steps, as a command of one transaction is, has no point at which it dies twice.
  const twice = Array.from({ length: once.length === 0 ? 0 : secondKills }, () => [
    once[any(once.length) - 1],
    { step: anyStep, hit: any(lived.steps.length) },
  ]);
  const settled = onlyAfterAKill
    .filter(({ first }) => lived.steps.includes(first))
    .map(({ first, second }) => [
      { step: first, hit: 1 },
      { step: second, hit: 1 },
    ]);
  const named = [...once.map((point) => [point]), ...twice, ...settled].map((points) => {
    const known = points.filter((point) => point !== undefined);
    return [known.map(({ step, hit }) => `${step}#${hit}`).join('+'), known] as const;
  });
  return [...new Map(named)].map(([id, points]) => ({ id, points }));
}

function countsOf(reached: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const step of reached) counts.set(step, (counts.get(step) ?? 0) + 1);
  return counts;
}

/** The first, a middle and the last time, each once. */
function positions(hits: number): readonly number[] {
  return [...new Set([1, Math.ceil((hits + 1) / 2), hits])];
}
