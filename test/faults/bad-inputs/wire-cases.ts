import type { Ground } from '../faults/ground.ts';
import { openHubSpotTenant } from '../faults/hubspot-tenant.ts';
import type { Tenant } from '../faults/tenant.ts';
import { openZohoTenant } from '../faults/zoho-tenant.ts';
import { difference } from '../kill/difference.ts';
import type { Case, Outcome, PartOptions } from '../kit/part.ts';
import { shuffled } from '../kit/shuffled.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Heard, RawAnswer } from './raw-answer.ts';
import type { Passing, Spoil } from './spoiling-proxy.ts';
import { type Behind, liveBehind } from './wire-life.ts';
import { canary, type Way } from './wire-way.ts';
import { everyWay } from './wire-ways.ts';

/** Answers that are to be spoilt in one life. */
const inHand = 8;
/** In the sample of `npm test`, beside the other kinds of inputs. */
const inSample = 6;
const timeoutMs = 240_000;
const longestWords = 3_000;

const tenants: readonly {
  readonly name: string;
  readonly open: () => Promise<Tenant>;
  readonly lives: number;
}[] = [
  { name: 'hubspot', open: openHubSpotTenant, lives: 75 },
  { name: 'zoho', open: () => openZohoTenant('pages'), lives: 55 },
  { name: 'zoho-bulk', open: () => openZohoTenant('bulk'), lives: 40 },
];

type Whole = { readonly name: string; readonly open: () => Promise<Tenant>; readonly life: Behind };

/** One answer, or some in a row, of a kind of call, and the way in which it is spoilt. */
type Deal = {
  readonly kind: string;
  readonly nth: number;
  readonly times: number;
  readonly way: Way;
};

/** Answers of each CRM that come otherwise than they were meant, in lives that go on until all is well. */
export async function wireCases(
  ground: Ground,
  { seed, only, isSample, signal }: PartOptions,
): Promise<readonly Case[]> {
  const named = tenants.filter(({ name }) => only?.includes(`wire/${name}/`));
  const asked = named.length > 0 ? named : tenants;
  const chosen = isSample ? asked.filter((_, at) => at === seed % asked.length) : asked;
  const cases: Case[] = [];
  for (const { name, open, lives } of chosen) {
    const life = await liveBehind({ ground, open, spoil: () => async () => null, signal });
    const why = life.died ?? life.leaked ?? life.stops[0]?.message;
    if (why !== undefined) throw new Error(`${name}: a life without odd answers: ${why}`);
    const hands = dealt(life, seed, name);
    for (let at = 0; at < (isSample ? inSample : lives); at += 1) {
      const id = `wire/${name}/${at}`;
      const hand = hands.slice(at * inHand, (at + 1) * inHand);
      const whole = { name, open, life };
      cases.push({
        ...{ id, timeoutMs },
        run: (stop) => tryOne(ground, whole, { hand, chance: chanceOf(seed, id) }, stop),
      });
    }
  }
  return cases;
}

/** Each way at each kind of call, in an order of chance. */
function dealt({ kinds }: Behind, seed: number, name: string): readonly Deal[] {
  const chance = chanceOf(seed, 'wire', name);
  const all = [...kinds].flatMap(([kind, count]) =>
    everyWay.flatMap((way) =>
      Array.from({ length: way.weight ?? 1 }, (): Deal => {
        const times = chance.is(0.2) ? 8 : 1;
        return { kind, way, times, nth: 1 + chance.whole(count) };
      }),
    ),
  );
  return shuffled(all, seed);
}

const unheard: Heard = {
  ...{ status: 400, headers: [['content-type', 'application/json']] },
  body: Buffer.from('{}'),
};

type Hand = { readonly hand: readonly Deal[]; readonly chance: Chance };

async function tryOne(
  ground: Ground,
  { open, life: whole }: Whole,
  { hand, chance }: Hand,
  signal: AbortSignal,
): Promise<Outcome> {
  const told: string[] = [];
  let isBelievable = false;
  const spoil = (elsewhere: string): Spoil => {
    return async (passing, hear) => {
      const deal = hand.find((one) => fits(one, passing));
      if (deal === undefined) return null;
      const tools = { chance, passing, elsewhere, address: canary };
      const heard = deal.way.isBefore === true ? unheard : await hear();
      const said = deal.way.spoil(heard, tools);
      isBelievable ||= mayBeBelieved(deal.way, heard, said);
      told.push(`${passing.kind} ${passing.nth}: ${deal.way.name}: ${shown(said)}`);
      return said;
    };
  };
  const life = await liveBehind({ ground, open, spoil, signal });
  const tried = told.length;
  const isDecided = isBelievable && isForPeople.test(life.died ?? '');
  const why = life.leaked ?? tooLong(life) ?? (isDecided ? null : life.died);
  const after = `\n  stopped by ${life.stops.map(({ code }) => code).join(', ')}\n  after ${told.join('\n  ')}`;
  if (why !== null) return { status: 'crash', tried, why: `${why}${after}` };
  const differs = isBelievable ? unfinished(life, isDecided) : differenceOf(whole, life);
  if (differs !== null) return { status: 'mismatch', tried, why: `${differs}${after}` };
  if (Object.hasOwn(Object.prototype, 'polluted')) return { status: 'crash', why: 'polluted' };
  return { status: 'equal', tried };
}

function fits({ kind, nth, times }: Deal, passing: Passing): boolean {
  return kind === passing.kind && passing.nth >= nth && passing.nth < nth + times;
}

function shown({ bytes }: RawAnswer): string {
  return JSON.stringify(bytes.toString('latin1').slice(0, 400));
}

const frank: ReadonlySet<string> = new Set([
  ...[
    'blank',
    'page',
    'gzip lie',
    'gzip cut',
    'gzip bomb',
    'longer',
    'waited for',
    'dripped',
    'cut',
  ],
  ...['no http', 'huge', 'binary', 'early hints', 'many', 'cookies', 'redirect', 'no length'],
]);

/** Whether somebody who is told this may take it for what is so. */
function mayBeBelieved({ name }: Way, { body }: Heard, _said: RawAnswer): boolean {
  return !frank.has(name) || body.length === 0;
}

function tooLong({ stops }: Behind): string | null {
  const found = stops.find(({ message, todo }) => message.length + todo.length > longestWords);
  if (found === undefined) return null;
  return `${found.code} says ${found.message.length} characters: ${found.message.slice(0, 300)}`;
}

/** Believed, these end only by a person's word: the CRM said that it is another. */
const isForPeople = /once the fault is over: CONNECTION_MOVED/;

/** Whatever was believed: nothing is left half done. */
function unfinished({ store }: Behind, isDecided: boolean): string | null {
  if (isDecided) return null;
  for (const name of ['in flight', 'open plans', 'open pulls', 'dirty', 'broken log']) {
    const rows = store[name] ?? [];
    if (rows.length > 0) return `${name}: ${rows.slice(0, 3).join(', ')}`;
  }
  return null;
}

function differenceOf(whole: Behind, life: Behind): string | null {
  const [expected, found] = [whole, life].map(({ portal, store }) => ({
    ...{ portal, store, writes: {} },
  }));
  if (expected === undefined || found === undefined) return 'nothing';
  return difference(expected, found, []);
}
