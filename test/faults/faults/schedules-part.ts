import fc from 'fast-check';
import type { Case, OpenPart, Outcome, Part, PartOptions } from '../kit/part.ts';
import { smallestBad } from '../kit/smallest-bad.ts';
import { isOf, isWaitedFor, pathOf } from './applies.ts';
import { type Compare, comparing } from './compared.ts';
import { effectsOf } from './effects-of.ts';
import { type Ended, openGround, type TenantName, tenantNames, tenantsIn } from './ground.ts';
import type { Strike } from './tenant.ts';

/**
 * Lives in which many faults strike, whichever and wherever chance has it. One that does not end as it
 * must is made smaller until no fault of it can be left out.
 */
export const schedules: Part = { name: 'schedules', counts: 'schedules', open };

const perTenant: Readonly<Record<TenantName, number>> = { hubspot: 40, zoho: 40, 'zoho-bulk': 16 };
const most = 12;
const timeoutMs = 300_000;

async function open(options: PartOptions): Promise<OpenPart> {
  const ground = await openGround(options.signal);
  try {
    const cases: Case[] = [];
    for (const name of tenantsOf(options)) {
      const whole = await ground.lived(name, { strikes: [], signal: options.signal });
      if (whole.died !== null) throw new Error(`${name}: a life without faults: ${whole.died}`);
      const drawn = strikesOf(name, whole);
      const compare = comparing(ground, name, whole);
      for (let at = 0; at < perTenant[name]; at += 1)
        cases.push({
          ...{ id: `${name}/${at}`, timeoutMs },
          run: (signal) => tryOne({ drawn, compare, signal }, options.seed * 1_000 + at),
        });
    }
    return { cases, sideBySide: 4, close: ground.close };
  } catch (error) {
    await ground.close();
    throw error;
  }
}

function tenantsOf({ isSample, seed, only }: PartOptions): readonly TenantName[] {
  // Another one than the fault matrix takes.
  if (isSample) return tenantNames.filter((_, at) => at === (seed + 1) % tenantNames.length);
  return tenantsIn(only);
}

type Living = {
  readonly drawn: fc.Arbitrary<readonly Strike[]>;
  readonly compare: Compare;
  readonly signal: AbortSignal;
};

async function tryOne({ drawn, compare, signal }: Living, seed: number): Promise<Outcome> {
  return await smallestBad(drawn, seed, (strikes) => compare(strikes, signal));
}

/** Up to a dozen strikes, each once at any of its hits, or with some chance for a while. */
function strikesOf(name: TenantName, { calls }: Ended): fc.Arbitrary<readonly Strike[]> {
  const hits = new Map<string, number>();
  for (const { endpoint } of calls) hits.set(endpoint, (hits.get(endpoint) ?? 0) + 1);
  const kinds = [...new Map(calls.map((call) => [call.endpoint, call])).values()];
  const pairs = kinds.flatMap((call) =>
    effectsOf(name)
      // Waiting is what the matrix does; here it would only cost time.
      .filter((effect) => isOf(effect, call) && effect.effect['kind'] !== 'slow')
      .map((effect) => ({ call, effect })),
  );
  const strike = fc
    .record({
      pair: fc.constantFrom(...pairs),
      hit: fc.nat(1_000),
      isLasting: fc.boolean(),
      times: fc.integer({ min: 2, max: 15 }),
    })
    .map(({ pair: { call, effect }, hit, isLasting, times }): Strike => {
      const match = { ...pathOf(call.endpoint), effect: effect.effect };
      if (isLasting && !isWaitedFor(effect.effect)) return { ...match, probability: 0.4, times };
      return { ...match, nth: 1 + (hit % (hits.get(call.endpoint) ?? 1)) };
    });
  return fc.array(strike, { minLength: 2, maxLength: most, size: 'max' });
}
