import { beforeEach, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../sandbox/zoho/coql/parse-query.ts';
import { type QueryResult, runQuery } from '../../../sandbox/zoho/coql/run-query.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import type { StoredRecord } from '../../../sandbox/zoho/record.ts';
import { addRecord, refusal } from './stored.ts';

const T0 = Date.parse('2026-03-01T00:00:00Z');
const SECOND = 1_000;

let org: Org;
let deals: readonly StoredRecord[];

function run(query: string, lookupNames = false): QueryResult {
  return runQuery(org, parseQuery(query), { lookupNames });
}

function names(query: string): readonly unknown[] {
  return run(query).rows.map((row) => row['Deal_Name']);
}

const where = (criteria: string) => names(`select Deal_Name from Deals where ${criteria}`);

beforeEach(() => {
  org = new Org({ clock: () => T0, timeZone: 'Asia/Kolkata' });
  const account = addRecord(org, 'Accounts', { Account_Name: 'Nile', Industry: 'Retail' });
  const deal = (name: string, values: StoredRecord['values'], second: number) =>
    addRecord(org, 'Deals', { Deal_Name: name, ...values }, { modifiedAt: T0 + second * SECOND });
  deals = [
    deal('a', { Amount: 10, Stage: 'Qualification', Closing_Date: '2026-01-05' }, 3),
    deal('b', { Amount: 20, Stage: 'Closed Won', Account_Name: account.id }, 1),
    deal('c', { Amount: null, Stage: 'Closed Won', Closing_Date: '2026-02-05' }, 1),
    deal('d', { Amount: -5.5, Stage: null, Closing_Date: '2026-03-05' }, 2),
  ];
});

describe('a COQL row', () => {
  it('has the id as text, lookups as objects, and times with the offset of the user', () => {
    const query = 'select Deal_Name, Account_Name, Modified_Time from Deals where Amount = 20';
    expect(run(query).rows).toEqual([
      {
        id: deals[1]?.id,
        Deal_Name: 'b',
        Account_Name: { id: deals[1]?.values['Account_Name'] },
        Modified_Time: '2026-03-01T05:30:01+05:30',
      },
    ]);
    expect(run(query, true).rows[0]).toMatchObject({ Account_Name: { name: 'Nile' } });
  });

  it('may hold a field of the record that a lookup leads to, under its alias', () => {
    const query =
      "select Account_Name.Account_Name, Account_Name.Industry as Trade from Deals where Deal_Name in ('a', 'b')";
    expect(run(query).rows).toMatchObject([
      { 'Account_Name.Account_Name': null, Trade: null },
      { 'Account_Name.Account_Name': 'Nile', Trade: 'Retail' },
    ]);
  });
});

describe('a COQL criterion', () => {
  it.each([
    ['Amount > -6', ['a', 'b', 'd']],
    ['Amount between 10 and 20', ['a', 'b']],
    ['Amount not between 10 and 20', ['d']],
    ["Closing_Date < '2026-03-05'", ['a', 'c']],
    ["Stage in ('Closed Won', 'Qualification')", ['a', 'b', 'c']],
    ["Deal_Name like 'A%'", ['a']],
    ["Account_Name.Industry = 'Retail'", ['b']],
    ["Stage = 'Closed Won' and Amount is not null", ['b']],
    ["(Stage = 'Closed Won' and Amount is null) or Deal_Name = 'd'", ['c', 'd']],
  ])('%s finds %j', (criteria, found) => {
    expect(where(criteria)).toEqual(found);
  });

  it('never holds for an empty value, unless it asks for emptiness', () => {
    expect(where('Amount != 10')).toEqual(['b', 'd']);
    expect(where('Amount not in (10, 20)')).toEqual(['d']);
    expect(where("Stage not like '%Won'")).toEqual(['a']);
    expect(where('Amount is null')).toEqual(['c']);
    expect(where('Account_Name.Industry is null')).toEqual(['a', 'c', 'd']);
  });

  it('takes text with a quote behind a backslash', () => {
    addRecord(org, 'Deals', { Deal_Name: "O'Neil" });
    expect(where(String.raw`Deal_Name = 'O\'Neil'`)).toEqual(["O'Neil"]);
  });
});

describe('the order of COQL', () => {
  it('is by id, ascending, when none is asked for', () => {
    expect(where('Amount is null or Amount is not null')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('puts empty values first, and breaks ties by id', () => {
    const by = (order: string) => names(`select Deal_Name from Deals where id > 0 ${order}`);
    expect(by('order by Amount')).toEqual(['c', 'd', 'a', 'b']);
    expect(by('order by Amount desc')).toEqual(['b', 'a', 'd', 'c']);
    expect(by('order by Modified_Time')).toEqual(['b', 'c', 'd', 'a']);
    expect(by('order by Modified_Time desc')).toEqual(['a', 'd', 'b', 'c']);
    expect(by('order by Modified_Time desc, id desc')).toEqual(['a', 'd', 'c', 'b']);
    expect(by('order by Stage desc, Deal_Name desc limit 1, 2')).toEqual(['c', 'b']);
  });

  it('pages by offset, and says whether more follow', () => {
    const page = (window: string) => run(`select id from Deals where id > 0 ${window}`);
    expect(page('limit 2 offset 1')).toMatchObject({ moreRecords: true });
    expect(page('limit 2 offset 2')).toMatchObject({ moreRecords: false });
    expect(page('limit 2 offset 2').rows).toEqual([{ id: deals[2]?.id }, { id: deals[3]?.id }]);
    expect(page('limit 2 offset 4').rows).toEqual([]);
  });
});

describe('paging by (Modified_Time, id)', () => {
  function walk(limit: number): readonly unknown[] {
    const seen: unknown[] = [];
    let [time, id] = ['2026-03-01T00:00:00+00:00', '0'];
    for (;;) {
      const { rows, moreRecords } = run(
        `select Deal_Name, Modified_Time from Deals where (Modified_Time > '${time}' or (Modified_Time = '${time}' and id > ${id})) order by Modified_Time asc, id asc limit ${limit}`,
      );
      for (const row of rows) {
        seen.push(row['Deal_Name']);
        [time, id] = [String(row['Modified_Time']), String(row['id'])];
      }
      if (!moreRecords) return seen;
    }
  }

  it.each([1, 2, 3, 200])('sees every row once, %i at a time', (limit) => {
    expect(walk(limit)).toEqual(['b', 'c', 'd', 'a']);
  });

  it('finds the same rows as a scan of everything, whatever the bounds', () => {
    const times = [0, 1, 2, 3, 4].map((second) => T0 + second * SECOND);
    for (const time of times)
      for (const { id } of deals) {
        const at = new Date(time).toISOString().replace('.000', '');
        const expected = deals
          .filter(
            (deal) =>
              deal.modifiedAt > time || (deal.modifiedAt === time && BigInt(deal.id) > BigInt(id)),
          )
          .map((deal) => deal.values['Deal_Name']);
        const criteria = `(Modified_Time > '${at}' or (Modified_Time = '${at}' and id > '${id}'))`;
        expect(where(criteria)).toEqual(expected);
        expect(where(`${criteria} and Modified_Time < '2027-01-01T00:00:00+00:00'`)).toEqual(
          expected,
        );
      }
  });
});

describe('COQL aggregates', () => {
  it('count, add up and compare, leaving empty values out', () => {
    expect(
      run(
        'select COUNT(id), count(Amount) as filled, sum(Amount), avg(Amount), max(Closing_Date) from Deals where id > 0',
      ).rows,
    ).toEqual([
      {
        'COUNT(id)': 4,
        filled: 3,
        'SUM(Amount)': 24.5,
        'AVG(Amount)': 8.166666667,
        'MAX(Closing_Date)': '2026-03-05',
      },
    ]);
  });

  it('count to zero, and add up to nothing, where nothing matches', () => {
    expect(
      run("select COUNT(id) as n, SUM(Amount) as total from Deals where Deal_Name = 'z'").rows,
    ).toEqual([{ n: 0, total: null }]);
  });

  it('come by group, in the order asked for', () => {
    const query =
      'select Stage, COUNT(id) as n, MIN(Modified_Time) as first from Deals where id > 0 group by Stage';
    expect(run(`${query} order by n desc, Stage limit 2`)).toMatchObject({
      moreRecords: true,
      rows: [
        { Stage: 'Closed Won', n: 2, first: '2026-03-01T05:30:01+05:30' },
        { Stage: null, n: 1 },
      ],
    });
  });
});

describe('COQL refuses', () => {
  const many = (count: number, text: string, by: string) => Array(count).fill(text).join(by);
  const nested = (count: number): string =>
    count === 1 ? 'Amount = 1' : `(Amount = 1 or ${nested(count - 1)})`;

  it.each([
    ['select id from Deals', 'SYNTAX_ERROR', { clause: 'where' }],
    ['select id from Deals order by id', 'SYNTAX_ERROR', { clause: 'where' }],
    ['select from Deals where id > 1', 'SYNTAX_ERROR', { near: 'Deals' }],
    ['update Deals', 'SYNTAX_ERROR', {}],
    ['select id from Deals where id > 1 and id > 2 and id > 3', 'SYNTAX_ERROR', { near: 'and' }],
    ['select id from Deals where (id > 1 and id > 2 or id > 3)', 'SYNTAX_ERROR', { near: 'or' }],
    ['select id from Deals where not id = 1', 'SYNTAX_ERROR', {}],
    ["select id from Deals where Deal_Name = 'O''Neil'", 'SYNTAX_ERROR', { near: 'Neil' }],
    ['select id from Deals where id in (select id from Deals)', 'SYNTAX_ERROR', {}],
    [`select id from Deals where ${nested(26)}`, 'LIMIT_EXCEEDED', { clause: 'where', limit: 25 }],
    [
      `select id from Deals where id in (${many(101, '1', ',')})`,
      'LIMIT_EXCEEDED',
      { clause: 'in', limit: 100 },
    ],
    ['select id from Deals where id > 1 limit 2001', 'LIMIT_EXCEEDED', { limit: 2_000 }],
    ['select id from Deals where id > 1 limit 0', 'INVALID_DATA', {}],
    ["select id from Deals where id > 1 limit 's'", 'INVALID_QUERY', { limit: 's' }],
    ['select id from Deals where id > 1 limit 200 offset 99801', 'LIMIT_EXCEEDED', {}],
    ['select id from Unicorns where id > 1', 'INVALID_MODULE', {}],
    ['select Nothing from Deals where id > 1', 'INVALID_QUERY', { column_name: 'Nothing' }],
    ['select id from Deals where Nothing = 1', 'INVALID_QUERY', { column_name: 'Nothing' }],
    ['select id from Deals where id > 1 order by Nothing', 'INVALID_QUERY', {}],
    ["select id from Deals where Deal_Name > 'a'", 'INVALID_QUERY', { operator: '>' }],
    ['select id from Deals where id is null', 'INVALID_QUERY', { operator: 'is null' }],
    ["select id from Deals where Description = 'a'", 'INVALID_QUERY', { operator: '=' }],
    ["select id from Deals where Tag = 'a'", 'INVALID_QUERY', { column_name: 'Tag' }],
    ["select id from Deals where Amount = 'a'", 'INVALID_QUERY', { value: 'a' }],
    ["select id from Deals where Modified_Time > '2026-01-01'", 'INVALID_QUERY', {}],
    ['select Account_Name.Parent_Account.id from Deals where id > 1', 'INVALID_QUERY', {}],
    ['select Deal_Name, Deal_Name from Deals where id > 1', 'DUPLICATE_DATA', {}],
    ['select SUM(Amount), sum(Amount) from Deals where id > 1', 'DUPLICATE_DATA', {}],
    ['select Stage as n, Amount as n from Deals where id > 1', 'DUPLICATE_ALIAS', { alias: 'n' }],
    ['select Stage, Amount as Stage from Deals where id > 1', 'INVALID_QUERY', { alias: 'Stage' }],
    ["select Stage as '' from Deals where id > 1", 'INVALID_ALIAS', { column_name: 'Stage' }],
    ['select MEDIAN(Amount) from Deals where id > 1', 'INVALID_DATA', {}],
    ['select SUM(Stage) from Deals where id > 1', 'INVALID_QUERY', { column_name: 'Stage' }],
    ['select Stage, COUNT(id) from Deals where id > 1', 'INVALID_QUERY', { column_name: 'Stage' }],
  ])('%s', (query, code, details) => {
    expect(refusal(() => run(query))).toMatchObject({ code, details });
  });

  it('fields that are hidden from the user as if they did not exist', () => {
    const field = org.schema.field('Deals', 'Amount');
    org.schema.hide('Deals', field?.id ?? '', true);
    const details = { column_name: 'Amount' };
    expect(refusal(() => where('Amount = 1'))).toMatchObject({ code: 'INVALID_QUERY', details });
    expect(refusal(() => names('select Amount from Deals where id > 1'))).toMatchObject({
      details,
    });
  });
});
