import { rm } from 'node:fs/promises';
import { randomFor } from '../../../sandbox/data/random.ts';
import { steps } from '../../../src/lib/step.ts';
import { anyStep, type KillAt } from '../child/kill-at.ts';
import type { Case, OpenPart, Part, PartOptions } from '../kit/part.ts';
import { openHubSpotStand } from './hubspot-stand.ts';
import { killedAt } from './kill-case.ts';
import { type Ground, type Lived, liveThrough } from './life.ts';
import { type CrmName, crmNames } from './stand.ts';
import {
  type EngineName,
  engineNames,
  openPgliteStores,
  openPostgresStores,
  openScratch,
  type Stores,
} from './stores.ts';
import { openZohoStand } from './zoho-stand.ts';

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
  { first: 'lists.sent', second: 'lists.read-back' },
] as const;

const openStand = { hubspot: openHubSpotStand, zoho: openZohoStand } as const;

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
      chosenOf(options).map(async ({ engine, crm }) => {
        const stores = await storesOf(engine);
        const ground = { crm, stores, openStand: openStand[crm], scratch };
        const lived = await liveThrough(ground, options.signal);
        options.say(`kill: ${engine} ${crm}: ${lived.map(told).join(', ')}`);
        return { lived, cases: casesOf(ground, engine, lived, options.seed) };
      }),
    );
    const reached = new Set(all.flatMap(({ lived }) => lived.flatMap((each) => each.steps)));
    return { cases: [everyStep(reached), ...all.flatMap(({ cases }) => cases)], close };
  } catch (error) {
    await close();
    throw error;
  }
}

const combinations = engineNames.flatMap((engine) => crmNames.map((crm) => ({ engine, crm })));

function chosenOf({ isSample, seed, only }: PartOptions) {
  if (isSample) return combinations.filter((_, at) => at === seed % combinations.length);
  const named = combinations.filter(({ engine, crm }) => only?.includes(`${engine}/${crm}/`));
  return named.length > 0 ? named : combinations;
}

async function openStores(engine: EngineName, scratch: string): Promise<Stores> {
  return await (engine === 'pglite' ? openPgliteStores(scratch) : openPostgresStores());
}

function told({ phase, steps: reached }: Lived): string {
  return `${phase.name} ${reached.length} steps`;
}

/** A name that no process ever says would make the matrix smaller than it looks. */
function everyStep(reached: ReadonlySet<string>): Case {
  const later = new Set<string>(onlyAfterAKill.map(({ second }) => second));
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
    pointsOf(lived, seed, ground.crm).map(({ id, points }): Case => {
      const full = `${engine}/${ground.crm}/${lived.phase.name}/${id}`;
      return { id: full, run: async (signal) => killedAt(ground, lived, points, signal) };
    }),
  );
}

type Points = { readonly id: string; readonly points: readonly KillAt[] };

/** How many of the phases' points are followed by a second kill at any later step. */
const secondKills = 6;

function pointsOf(lived: Lived, seed: number, crm: CrmName): readonly Points[] {
  const once = [...countsOf(lived.steps)].flatMap(([step, hits]) =>
    positions(hits).map((hit) => ({ step, hit })),
  );
  const random = randomFor(seed, 'second kill', crm, lived.phase.name);
  const any = (count: number) => 1 + Math.floor(random.next() * count);
  const twice = Array.from({ length: secondKills }, () => [
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
