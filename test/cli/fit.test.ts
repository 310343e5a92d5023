import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayText } from '../../src/domain/day.ts';
import { simulated } from '../score/clv/simulate.ts';
import { openWorkplace, type Workplace } from './run-assay.ts';

const AS_OF = 15_000;
let place: Workplace;

beforeAll(() => {
  place = openWorkplace();
});

afterAll(() => place.remove());

async function fitText(text: string, ...more: readonly string[]) {
  writeFileSync(join(place.folder, 'orders.csv'), text);
  return await place.assay(['fit', 'orders.csv', '--as-of', dayText(AS_OF), ...more]);
}

/** Orders such as BG/NBD expects, one row each, of 400 customers. */
function simulatedFile(): string {
  const { x, tx, T } = simulated(400);
  const rows = Array.from(x, (repeat, customer) => {
    const first = AS_OF - Math.round((T[customer] ?? 0) * 7);
    const days = Array.from({ length: repeat + 1 }, (_, order) =>
      Math.round(first + ((tx[customer] ?? 0) * 7 * order) / Math.max(1, repeat)),
    );
    return days.map((day, order) => `${customer},${dayText(day)},${10 + ((customer + order) % 9)}`);
  });
  return ['customer_id,date,amount', ...rows.flat(), ''].join('\n');
}

describe('assay fit', () => {
  it('prints one document, in the unit asked for', async () => {
    const text = simulatedFile();
    const { code, stdout, stderr } = await fitText(text, '--unit', 'week', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const weeks = JSON.parse(stdout);
    expect(weeks).toEqual({
      model: 'bgnbd',
      unit: 'week',
      params: {
        r: expect.any(Number),
        alpha: expect.any(Number),
        a: expect.any(Number),
        b: expect.any(Number),
      },
      logLikelihood: expect.any(Number),
      customers: 400,
      repeatBuyers: expect.any(Number),
      gammaGamma: {
        p: expect.any(Number),
        q: expect.any(Number),
        gamma: expect.any(Number),
        logLikelihood: expect.any(Number),
      },
      warnings: expect.any(Array),
    });
    const days = JSON.parse((await fitText(text, '--unit', 'day', '--json')).stdout);
    expect(days.params.alpha / weeks.params.alpha).toBeCloseTo(7, 4);
    expect(days.params.a).toBeCloseTo(weeks.params.a, 5);
  });

  it('counts the rows it cannot use by cause, with their lines', async () => {
    const rows = [
      'Date,Customer_ID,note,Amount,currency',
      '2010-01-31T10:00:00Z,a,"x,y",10.50,EUR',
      '2010-02-31,a,,10,EUR',
      '1969-12-31,a,,10,EUR',
      '2999-01-01,a,,10,EUR',
      '2010-03-01,,,10,EUR',
      '2010-03-01,a,,,EUR',
      '2010-03-01,a,,ten,EUR',
      '2010-03-01,a,,1e15,EUR',
      '2010-03-01,a,,10,USD',
      '2010-03-02,a,,-10,eur',
      '2010-03-03,a,,0,EUR',
    ];
    const { code, stdout } = await fitText(rows.join('\r\n'), '--json', '--model', 'mbgnbd');
    expect(code).toBe(0);
    const { customers, repeatBuyers, gammaGamma, warnings } = JSON.parse(stdout);
    expect({ customers, repeatBuyers, gammaGamma }).toEqual({
      customers: 1,
      repeatBuyers: 1,
      gammaGamma: null,
    });
    const causes = [
      [3, 'has a date that is no day'],
      [4, 'is of a day before 1970'],
      [5, 'is of a day after the as-of day'],
      [6, 'names no customer'],
      [7, 'has no amount'],
      [8, 'has an amount that is no number'],
      [9, 'has an amount beyond'],
      [10, 'is not in EUR'],
      [11, 'has an amount below 0: a refund, no order'],
    ] as const;
    for (const [line, cause] of causes)
      expect(warnings).toContainEqual(
        expect.stringMatching(new RegExp(`^rows: 1 row ${cause}.* \\(line ${line}\\)$`)),
      );
    expect(warnings.join('\n')).toMatch(/too-little-data: too few customers \(1\)/);
  });

  it('tells a person the same', async () => {
    const { stdout } = await fitText(simulatedFile());
    expect(stdout).toMatch(/^BG\/NBD on 400 customers, \d+ repeat buyers\n {2}r +0\.\d{4}\n/);
    const empty = await fitText('customer_id,date,amount\n');
    expect(empty.code).toBe(0);
    expect(empty.stdout).toContain('! too-little-data: too few customers (0)');
  });

  it.each(['bgnbd', 'mbgnbd'])(
    'sees nobody leave in UCI Online Retail, and says so (%s)',
    async (model) => {
      const file = join(import.meta.dirname, '../../sandbox/data/online-retail-invoices.csv');
      const { stdout } = await place.assay([
        'fit',
        file,
        '--as-of',
        '2011-12-09',
        '--model',
        model,
        '--json',
      ]);
      const { customers, repeatBuyers, params, warnings } = JSON.parse(stdout);
      expect({ customers, repeatBuyers }).toEqual({ customers: 4339, repeatBuyers: 2790 });
      expect(params.a / (params.a + params.b)).toBeLessThan(0.001);
      expect(warnings).toContainEqual(expect.stringMatching(/^no-dropout: /));
      expect(warnings).toContainEqual(expect.stringMatching(/^rows: 3,710 rows name no customer/));
    },
  );

  it('refuses what it cannot read', async () => {
    const refusals = [
      [await place.assay(['fit', 'none.csv', '--as-of', '2011-01-01']), 'Cannot read'],
      [await place.assay(['fit', 'orders.csv']), 'needs --as-of'],
      [await fitText('customer,date\n'), 'customer_id, amount'],
      [await fitText(''), 'customer_id, date, amount'],
      [await fitText('customer_id,date,amount\n"1,2\n'), 'never closes'],
      [await fitText('customer_id,date,amount,Amount\n'), 'names the column amount twice'],
      [await fitText('customer_id,date,amount\n', '--unit', 'hour'), 'day, week, month, year'],
    ] as const;
    for (const [{ code, stderr }, words] of refusals) {
      expect(code).toBe(2);
      expect(stderr).toContain(words);
    }
  });
});
