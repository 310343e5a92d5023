import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayText } from '../../src/domain/day.ts';
import { simulated } from '../score/clv/simulate.ts';
import { openWorkplace, type Workplace } from './run-assay.ts';

const AS_OF = 15_000;
const HEADER =
  'customer_id,orders,first_order,last_order,net_amount,x,t_x,T,r,f,m,segment,value_score,value_tier,loyalty_score,p_alive,p_buys,expected_orders,expected_spend_per_order,clv';
let place: Workplace;

beforeAll(() => {
  place = openWorkplace();
});

afterAll(() => place.remove());

async function scoreText(text: string, ...more: readonly string[]) {
  writeFileSync(join(place.folder, 'orders.csv'), text);
  const args = ['score-file', 'orders.csv', '--as-of', dayText(AS_OF), '--out', 'scores.csv'];
  return await place.assay([...args, ...more]);
}

/** The file of scores, a record a customer. */
function written(file = 'scores.csv'): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(join(place.folder, file), 'utf8').trim().split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((field, at) => [names[at] ?? '', field])),
  );
}

/** Orders such as BG/NBD expects. */
function simulatedFile(customers: number): string {
  const { x, tx, T } = simulated(Math.max(1, customers));
  const rows = Array.from({ length: customers }, (_, customer) => {
    const first = AS_OF - Math.round((T[customer] ?? 0) * 7);
    return Array.from({ length: (x[customer] ?? 0) + 1 }, (__, order) => {
      const share = order / Math.max(1, x[customer] ?? 0);
      const day = Math.round(first + (tx[customer] ?? 0) * 7 * share);
      return `${customer},${dayText(day)},${10 + ((customer + order) % 9)}`;
    });
  });
  return ['customer_id,date,amount', ...rows.flat(), ''].join('\n');
}

describe('assay score-file', () => {
  it('writes a line a customer and tells what it did in one document', async () => {
    const { code, stdout, stderr } = await scoreText(
      simulatedFile(400),
      '--horizon',
      '39w',
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ customers: 400, buyers: 400, horizonDays: 273, leftOut: [] });
    expect(
      document.tiers.reduce((sum: number, tier: { customers: number }) => sum + tier.customers, 0),
    ).toBe(400);
    const text = readFileSync(join(place.folder, 'scores.csv'), 'utf8');
    expect(text.startsWith(`${HEADER},`)).toBe(true);
    const rows = written();
    expect(rows).toHaveLength(400);
    for (const row of rows) {
      expect(
        Object.values(row).every((field) => field !== '' && !/nan|infinity/i.test(field)),
      ).toBe(true);
      expect(Number(row['orders'])).toBe(Number(row['x']) + 1);
      for (const name of ['p_alive', 'p_buys']) {
        expect(Number(row[name])).toBeGreaterThanOrEqual(0);
        expect(Number(row[name])).toBeLessThanOrEqual(1);
      }
      expect(Number(row['p_buys'])).toBeLessThanOrEqual(Number(row['p_alive']));
    }
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('prints the same to stdout, the summary beside it', async () => {
    const text = simulatedFile(40);
    await scoreText(text);
    const file = readFileSync(join(place.folder, 'scores.csv'), 'utf8');
    const { code, stdout, stderr } = await scoreText(text, '--out', '-');
    expect({ code, stdout }).toEqual({ code: 0, stdout: file });
    expect(stderr).toContain('40 customers in');
  });

  it('writes no id that a spreadsheet would calculate', async () => {
    const ids = ['=1+2', '@sum', '-7', '+49 30', '+5', 'a=b'];
    const rows = ids.map((id) => `${id},2010-12-31,10`);
    expect((await scoreText(['customer_id,date,amount', ...rows, ''].join('\n'))).code).toBe(0);
    const found = written().map((row) => row['customer_id']);
    expect(found.toSorted()).toEqual(["'+49 30", "'=1+2", "'@sum", '+5', '-7', 'a=b']);
  });

  it('counts what is odd, and gives scores and no NaN', async () => {
    const rows = [
      'Date,Customer_ID,note,Amount,currency',
      '2010-12-31T10:00:00Z,"a,1","x,y",10.50,EUR',
      '2010-12-31,"a,1",,"1e1",EUR',
      '2011-01-01,"a,1",,0,EUR',
      '2011-01-02,b,,-4,EUR',
      '2011-01-02,c,,1e12,EUR',
      '1969-12-31,d,,10,EUR',
      '2999-01-01,d,,10,EUR',
      '2011-01-02,d,,10,USD',
      '2011-01-02,d,,10,dollars',
      '2011-01-02,,,10,EUR',
      '2011-01-02,d,,,EUR',
      '2011-01-02,d,,"1,5",EUR',
    ];
    const { code, stdout } = await scoreText(rows.join('\r\n'), '--json');
    expect(code).toBe(0);
    const { customers, buyers, warnings } = JSON.parse(stdout);
    expect({ customers, buyers }).toEqual({ customers: 3, buyers: 2 });
    for (const words of [
      /^rows: 1 row has an amount below 0: a refund, no order \(line 5\)$/,
      /before 1970 \(line 7\)$/,
      /after the as-of day \(line 8\)$/,
      /is not in EUR \(line 9\)$/,
      /no code of three letters \(line 10\)$/,
      /names no customer \(line 11\)$/,
      /has no amount \(line 12\)$/,
      /amount that is no number \(line 13\)$/,
      /^cuts: 2 customers with an order in the window tell too little/,
      /^refunds: 1 customer with refunds and no order/,
      /^too-little-data/,
    ])
      expect(warnings).toContainEqual(expect.stringMatching(words));
    const text = readFileSync(join(place.folder, 'scores.csv'), 'utf8');
    expect(text).toMatch(/^"a,1",2,2010-12-31,2011-01-01,20\.50,1,0\.14285714285714285,3\.71/m);
    expect(text).toMatch(/^b,0,,,-4\.00,{16}0,-4\.00$/m);
    expect(text).toMatch(/^c,1,2011-01-02,2011-01-02,1000000000000\.00,0,0,/m);
    expect(text).not.toMatch(/nan|infinity|undefined/i);
    const [header = '', , refunds = ''] = text.split('\n');
    expect(refunds.split(',')).toHaveLength(header.split(',').length);
  });

  it.each([0, 1, 8, 50])('answers for %i customers, with a warning', async (customers) => {
    const { code, stdout } = await scoreText(simulatedFile(customers), '--json');
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    expect(document.customers).toBe(customers);
    expect(document.warnings.length).toBeGreaterThan(0);
    expect(written()).toHaveLength(customers);
    expect(readFileSync(join(place.folder, 'scores.csv'), 'utf8')).not.toMatch(/nan|infinity/i);
  });

  it('takes a shop where all customers are equal', async () => {
    const rows = Array.from({ length: 60 }, (_, customer) => `${customer},2011-01-01,10\n`);
    const { code, stdout } = await scoreText(`customer_id,date,amount\n${rows.join('')}`, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).fixedCuts).toEqual([
      'recency',
      'frequency',
      'monetary',
      'spend',
      'tiers',
    ]);
    expect(
      new Set(written().map(({ customer_id: _, ...scores }) => JSON.stringify(scores))).size,
    ).toBe(1);
  });

  it('refuses what it cannot do, and leaves no file behind', async () => {
    const text = 'customer_id,date,amount\n1,2011-01-01,5\n';
    const base = ['score-file', 'orders.csv'];
    const day = ['--as-of', '2011-01-02'];
    const refusals = [
      [await scoreText(text, '--out', 'orders.csv'), 'the file of orders itself'],
      [await scoreText(text, '--out', 'no/such/folder.csv'), 'Cannot write'],
      [await scoreText(text, '--out', '-', '--json'), 'both want stdout'],
      [await scoreText(text, '--horizon', '39'), '39w'],
      [await scoreText(text, '--horizon', '0d'), '39w'],
      [await scoreText(text, '--model', 'pareto'), 'bgnbd, mbgnbd'],
      [await scoreText(text, '--policy', 'none.yaml'), 'none.yaml'],
      [await place.assay([...base, ...day]), 'needs --out'],
      [await place.assay([...base, '--out', 'new.csv']), 'needs --as-of'],
      [await place.assay(['score-file', 'none.csv', ...day, '--out', 'new.csv']), 'Cannot read'],
      [await scoreText('customer_id;date;amount\n', '--out', 'new.csv'), 'save it with commas'],
      [await scoreText('customer_id,date,amount\n"1,2\n', '--out', 'new.csv'), 'never closes'],
    ] as const;
    for (const [{ code, stderr }, words] of refusals) {
      expect(code).toBe(2);
      expect(stderr).toContain(words);
    }
    expect(existsSync(join(place.folder, 'new.csv'))).toBe(false);
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
