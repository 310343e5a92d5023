import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../sandbox/zoho/coql/parse-query.ts';
import { runQuery } from '../../../sandbox/zoho/coql/run-query.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { StoredRecord } from '../../../sandbox/zoho/record.ts';
import { addRecord } from './stored.ts';

const T0 = Date.parse('2026-03-01T00:00:00Z');
const ROWS = 24;
const org = new Org({ clock: () => T0 });
const deals: readonly StoredRecord[] = Array.from({ length: ROWS }, (_, index) =>
  addRecord(
    org,
    'Deals',
    { Amount: index % 5 === 0 ? null : index % 7 },
    { modifiedAt: T0 + ((index * 7) % 5) * 1_000 },
  ),
);

/** A criterion as COQL has it, and what it means, worked out without COQL. */
interface Meant {
  readonly text: string;
  readonly holds: (deal: StoredRecord) => boolean;
}

const operators = ['=', '!=', '>', '>=', '<', '<='] as const;
type Operator = (typeof operators)[number];

function compares(sign: number, operator: Operator): boolean {
  const meaning = {
    ...{ '=': sign === 0, '!=': sign !== 0, '>': sign > 0 },
    ...{ '>=': sign >= 0, '<': sign < 0, '<=': sign <= 0 },
  };
  return meaning[operator];
}

const timeAt = (second: number) => `'2026-03-01T00:00:0${second}+00:00'`;
const idAt = (index: number) => deals[index]?.id ?? '0';
const sortId = (a: string, b: string) => Number(BigInt(a) - BigInt(b));
const amountOf = ({ values }: StoredRecord) => Number(values['Amount'] ?? Number.NaN);

const anOperator = fc.constantFrom(...operators);
const second = fc.integer({ min: 0, max: 5 });
const place = fc.integer({ min: 0, max: ROWS - 1 });

const onTime = fc.tuple(anOperator, second).map(
  ([operator, at]): Meant => ({
    text: `Modified_Time ${operator} ${timeAt(at)}`,
    holds: ({ modifiedAt }) => compares(modifiedAt - (T0 + at * 1_000), operator),
  }),
);
const betweenTimes = fc.tuple(second, second).map(
  ([low, high]): Meant => ({
    text: `Modified_Time between ${timeAt(low)} and ${timeAt(high)}`,
    holds: ({ modifiedAt }) => modifiedAt >= T0 + low * 1_000 && modifiedAt <= T0 + high * 1_000,
  }),
);
const onId = fc.tuple(anOperator, place).map(
  ([operator, at]): Meant => ({
    text: `id ${operator} ${idAt(at)}`,
    holds: ({ id }) => compares(sortId(id, idAt(at)), operator),
  }),
);
const amongIds = fc.tuple(fc.boolean(), fc.array(place, { minLength: 1, maxLength: 6 })).map(
  ([isNot, places]): Meant => ({
    text: `id ${isNot ? 'not in' : 'in'} (${places.map(idAt).join(', ')})`,
    holds: ({ id }) => places.map(idAt).includes(id) !== isNot,
  }),
);
const onAmount = fc.tuple(anOperator, fc.integer({ min: 0, max: 6 })).map(
  ([operator, amount]): Meant => ({
    text: `Amount ${operator} ${amount}`,
    holds: (deal) => !Number.isNaN(amountOf(deal)) && compares(amountOf(deal) - amount, operator),
  }),
);

const { criterion } = fc.letrec<{ criterion: Meant }>((tie) => ({
  criterion: fc.oneof(
    { maxDepth: 3 },
    ...[onTime, onId, amongIds, betweenTimes, onAmount],
    fc.tuple(fc.constantFrom('and', 'or'), tie('criterion'), tie('criterion')).map(
      ([word, left, right]): Meant => ({
        text: `(${left.text} ${word} ${right.text})`,
        holds: (deal) =>
          word === 'and'
            ? left.holds(deal) && right.holds(deal)
            : left.holds(deal) || right.holds(deal),
      }),
    ),
  ),
}));

const byId = (a: StoredRecord, b: StoredRecord) => sortId(a.id, b.id);
const byTime = (a: StoredRecord, b: StoredRecord) => a.modifiedAt - b.modifiedAt;
const amountOrLeast = (deal: StoredRecord) => deal.values['Amount'] ?? -1;
const byAmount = (a: StoredRecord, b: StoredRecord) =>
  Number(amountOrLeast(a)) - Number(amountOrLeast(b));

const orders = [
  ['', byId],
  ['order by id desc', (a, b) => byId(b, a)],
  ['order by Modified_Time', (a, b) => byTime(a, b) || byId(a, b)],
  ['order by Modified_Time, id', (a, b) => byTime(a, b) || byId(a, b)],
  ['order by Modified_Time desc', (a, b) => byTime(b, a) || byId(a, b)],
  ['order by Modified_Time desc, id desc', (a, b) => byTime(b, a) || byId(b, a)],
  ['order by Modified_Time, id desc', (a, b) => byTime(a, b) || byId(b, a)],
  ['order by Amount desc, Modified_Time', (a, b) => byAmount(b, a) || byTime(a, b) || byId(a, b)],
] as const satisfies readonly (readonly [string, (a: StoredRecord, b: StoredRecord) => number])[];

describe('COQL, whichever order of the store it reads by', () => {
  it('finds what a look at every record would find, in the order asked for', () => {
    const window = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(
        criterion,
        fc.constantFrom(...orders),
        window,
        (where, order, [limit, offset]) => {
          const [text, compare] = order;
          const query = `select id from Deals where ${where.text} ${text} limit ${limit} offset ${offset}`;
          const { rows, moreRecords } = runQuery(org, parseQuery(query), { lookupNames: false });
          const all = deals
            .filter(where.holds)
            .toSorted(compare)
            .map(({ id }) => id);
          expect(rows.map((row) => row['id'])).toEqual(all.slice(offset, offset + limit));
          expect(moreRecords).toBe(all.length > offset + limit);
          const count = `select COUNT(id) as n from Deals where ${where.text}`;
          expect(runQuery(org, parseQuery(count), { lookupNames: false }).rows).toEqual([
            { n: all.length },
          ]);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
