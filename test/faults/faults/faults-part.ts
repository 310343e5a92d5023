import { randomFor } from '../../../sandbox/data/random.ts';
import type { Case, OpenPart, Part, PartOptions } from '../kit/part.ts';
import { isOf, isWaitedFor, pathOf } from './applies.ts';
import { type Compare, comparing } from './compared.ts';
import type { Effect } from './effects.ts';
import { effectsOf } from './effects-of.ts';
import {
  type Ended,
  type Ground,
  openGround,
  type TenantName,
  tenantNames,
  tenantsIn,
} from './ground.ts';
import type { Called, Strike } from './tenant.ts';

/**
 * The fault matrix: each fault that a sandbox knows at each kind of call that a life makes, once and,
 * some, for a while. Each life goes on until it ends, and ends as one that nothing befell.
 */
export const faults: Part = { name: 'faults', counts: 'faultCases', open };

async function open(options: PartOptions): Promise<OpenPart> {
  const ground = await openGround(options.signal);
  try {
    const cases: Case[] = [];
    for (const name of chosenOf(options)) {
      const whole = await unstruck(ground, name, options.signal);
      const elsewhere = casesElsewhere[name];
      const kinds = kindsOf(whole).filter(await isNew(ground, elsewhere ?? null, options.signal));
      const all = casesOf(comparing(ground, name, whole), name, { whole, kinds }, options.seed);
      options.say(`faults: ${name}: ${kinds.length} kinds of calls, ${all.length}`);
      cases.push(...all);
    }
    return { cases, sideBySide: 8, close: ground.close };
  } catch (error) {
    await ground.close();
    throw error;
  }
}

/** Eight lives at once share a thread, and a machine that others may be using. */
const timeoutMs = 300_000;

/** Whose calls were struck already where another tenant made the same. */
const casesElsewhere: Partial<Record<TenantName, TenantName>> = { 'zoho-bulk': 'zoho' };

async function isNew(
  ground: Ground,
  elsewhere: TenantName | null,
  signal: AbortSignal,
): Promise<(call: Called) => boolean> {
  if (elsewhere === null) return () => true;
  const other = await unstruck(ground, elsewhere, signal);
  const known = new Set(other.calls.map(({ endpoint }) => endpoint));
  return ({ endpoint }) => !known.has(endpoint);
}

async function unstruck(ground: Ground, name: TenantName, signal: AbortSignal): Promise<Ended> {
  const whole = await ground.lived(name, { strikes: [], signal });
  const why = whole.died ?? whole.stops[0]?.message;
  if (why !== undefined) throw new Error(`${name}: a life without faults: ${why}`);
  return whole;
}

/** One call of each kind. */
function kindsOf({ calls }: Ended): readonly Called[] {
  return [...new Map(calls.map((call) => [call.endpoint, call])).values()];
}

function chosenOf({ isSample, seed, only }: PartOptions): readonly TenantName[] {
  if (isSample) return tenantNames.filter((_, at) => at === seed % tenantNames.length);
  return tenantsIn(only);
}

type Unstruck = { readonly whole: Ended; readonly kinds: readonly Called[] };

function casesOf(
  compare: Compare,
  name: TenantName,
  { whole, kinds }: Unstruck,
  seed: number,
): readonly Case[] {
  const counts = new Map<string, number>();
  for (const { endpoint } of whole.calls) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
  return kinds.flatMap((call) =>
    effectsOf(name)
      .filter((effect) => isOf(effect, call))
      .map((effect): Case => {
        const id = `${name}/${call.endpoint.replace(' ', '_')}/${effect.name}`;
        const strike = strikeOf(call.endpoint, counts.get(call.endpoint) ?? 1, effect, seed, id);
        return { id, timeoutMs, run: (signal) => compare([strike], signal) };
      }),
  );
}

/** Once at any of its hits, or, one in five, ten times running from the first on. */
function strikeOf(call: string, hits: number, effect: Effect, seed: number, id: string): Strike {
  const random = randomFor(seed, 'fault', id);
  const match = { ...pathOf(call), effect: effect.effect };
  const times = isWaitedFor(effect.effect) ? 2 : 10;
  if (random.next() < 0.2) return { ...match, times };
  return { ...match, nth: 1 + Math.floor(random.next() * hits) };
}
