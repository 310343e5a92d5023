import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

async function backtestText(text: string, ...more: readonly string[]) {
  writeFileSync(join(place.folder, 'orders <1> & "2".csv'), text);
  const args = ['backtest', 'orders <1> & "2".csv', '--as-of', dayText(AS_OF)];
  return await place.assay([...args, ...more]);
}

/** Orders such as BG/NBD expects, some of them after the day. */
function simulatedFile(customers: number): string {
  const { x, tx, T } = simulated(customers);
  const rows = Array.from({ length: customers }, (_, customer) => {
    const first = AS_OF + 100 - Math.round((T[customer] ?? 0) * 7);
    return Array.from({ length: (x[customer] ?? 0) + 1 }, (__, order) => {
      const share = order / Math.max(1, x[customer] ?? 0);
      const day = Math.round(first + (tx[customer] ?? 0) * 7 * share);
      return `${customer},${dayText(day)},${10 + ((customer + order) % 9)},EUR`;
    });
  });
  return ['customer_id,date,amount,currency', ...rows.flat(), ''].join('\n');
}

/** Names of tags in their order, each opened one closed in its turn. */
function tagsOf(page: string): readonly string[] {
  const alone = new Set(['meta', 'line', 'polyline', 'circle', 'rect']);
  const open: string[] = [];
  const found: string[] = [];
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/g)) {
    if (slash === '/' && open.pop() !== name) throw new Error(`</${name}> closes another`);
    if (slash !== '/') found.push(name);
    if (slash !== '/' && !alone.has(name)) open.push(name);
    if (slash !== '/' && name === 'polyline') open.push(name);
  }
  expect(open).toEqual([]);
  return found;
}

describe('assay backtest', () => {
  it('gives a document, and a page that needs nothing but itself', async () => {
    const text = simulatedFile(400);
    const { code, stdout, stderr } = await backtestText(text, '--json', '--out', 'report.html');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ asOf: dayText(AS_OF), currency: 'EUR', leftOut: [] });
    expect(document.until).toBe(document.lastOrder);
    expect(document.verdicts.length).toBeGreaterThan(20);
    const page = readFileSync(join(place.folder, 'report.html'), 'utf8');
    expect(page).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(page).not.toMatch(/https?:|<script|<link|<img|src=|href=|@import|url\(/);
    expect(page).toContain('orders &lt;1&gt; &amp; &quot;2&quot;.csv');
    expect(page).not.toContain('<1>');
    const tags = tagsOf(page);
    const count = (tag: string) => tags.filter((name) => name === tag).length;
    expect(count('svg')).toBe(5);
    expect(count('desc')).toBe(5);
    expect(count('table')).toBe(count('caption'));
    const again = await backtestText(text, '--json', '--out', 'again.html');
    expect(again.stdout).toBe(stdout);
    expect(readFileSync(join(place.folder, 'again.html'), 'utf8')).toBe(page);
  });

  it('tells a person the verdicts first', async () => {
    const { code, stdout } = await backtestText(simulatedFile(400), '--model', 'mbgnbd');
    expect(code).toBe(0);
    const heads = [
      'Backtest of',
      'does not beat its baseline',
      'beats its baseline',
      'By value tier',
    ];
    const places = heads.map((head) => stdout.indexOf(head));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(stdout).toMatch(/€[\d,]+\.\d\d/);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it('looks no further than it is told', async () => {
    const { stdout } = await backtestText(simulatedFile(200), '--horizon', '8w', '--json');
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ horizonDays: 56, until: dayText(AS_OF + 56) });
    expect(document.until < document.lastOrder).toBe(true);
  });

  it('refuses what it cannot do, and leaves no file behind', async () => {
    const text = `customer_id,date,amount\n1,${dayText(AS_OF - 5)},5\n1,${dayText(AS_OF + 5)},5\n`;
    const name = 'orders <1> & "2".csv';
    const refusals = [
      [await backtestText(text, '--out', name), 'the file of orders itself'],
      [await backtestText(text, '--out', 'no/such/page.html'), 'Cannot write'],
      [await backtestText(text, '--horizon', '6d', '--out', 'new.html'), 'hold 5 after'],
      [await backtestText(text, '--horizon', '39', '--out', 'new.html'), '39w'],
      [await backtestText(text, '--model', 'pareto', '--out', 'new.html'), 'bgnbd, mbgnbd'],
      [await place.assay(['backtest', name, '--out', 'new.html']), 'needs --as-of'],
      [await place.assay(['backtest', '--as-of', '2011-01-01']), 'needs a file'],
      [await place.assay(['backtest', 'none.csv', '--as-of', '2011-01-01']), 'Cannot read'],
      [await backtestText('customer_id,date,amount\n', '--out', 'new.html'), 'no order to test'],
    ] as const;
    for (const [{ code, stderr }, words] of refusals) {
      expect(code).toBe(2);
      expect(stderr).toContain(words);
    }
    expect(existsSync(join(place.folder, 'new.html'))).toBe(false);
    expect(readdirSync(place.folder).filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});
