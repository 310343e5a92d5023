import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalPlace, type PortalPlace } from './portal-place.ts';

let desk: PortalPlace;
let customers: readonly string[];

beforeAll(async () => {
  desk = await openPortalPlace({ contacts: 40, deals: 120 });
  customers = [...desk.world.customers].map(({ externalId }) => externalId);
  const { code, stderr } = await desk.assay('pull');
  expect(code, stderr).toBe(0);
}, 180_000);

afterAll(async () => {
  await desk.close();
});

const assay = (...args: readonly string[]) => desk.assay(...args);

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await assay(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('assay override', { timeout: 180_000 }, () => {
  it('sets, lists and clears a word on a customer', async () => {
    const [one = ''] = customers;
    const why = ['--why', 'a founding customer', '--by', 'A. Meier'];
    const set = await json(
      'override',
      'set',
      one,
      'value_tier=Gold',
      '--until',
      '2099-12-31',
      ...why,
    );
    expect(set).toMatchObject({
      ...{ customer: { externalId: one }, family: 'value_tier', class: 'gold', changed: true },
      ...{ until: '2099-12-31', why: 'a founding customer', by: 'A. Meier' },
    });
    const again = await json(
      'override',
      'set',
      one,
      'value_tier=gold',
      '--until',
      '2099-12-31',
      ...why,
    );
    expect(again).toMatchObject({ changed: false, replaced: [] });
    const other = ['override', 'set', one, 'value_tier=silver', '--why', 'less', '--by', 'B. Lee'];
    const { stdout } = await assay(...other);
    expect(stdout).toContain(
      'In place of gold, until 2099-12-31, that day included (A. Meier: a founding customer)',
    );
    const back = await json('override', 'set', one, 'value_tier=gold', ...why);
    expect(back.replaced).toEqual([{ class: 'silver', until: null, why: 'less', by: 'B. Lee' }]);
    const { overrides } = await json('override', 'list', '--family', 'value_tier');
    expect(overrides).toMatchObject([{ externalId: one, class: 'gold', state: 'holds' }]);
    const shown = await assay('override', 'list');
    expect(shown.stdout).toContain('value_tier = gold');
    expect(await json('override', 'clear', one, 'value_tier', '--why', 'over')).toMatchObject({
      customer: { externalId: one },
    });
    expect((await json('override', 'list')).overrides).toEqual([]);
  });

  it('says what it needs, and does nothing without a reason', async () => {
    const [one = ''] = customers;
    for (const [args, words] of [
      [['set', one, 'value_tier=gold'], 'needs a reason'],
      [['set', one, 'gold', '--why', 'x'], '<family>=<class>'],
      [['set', one, 'value_tier=diamond', '--why', 'x'], 'there are platinum, gold'],
      [['set', 'nobody', 'value_tier=gold', '--why', 'x'], 'CUSTOMER_UNKNOWN'],
      [['clear', one, 'tier', '--why', 'x'], 'no family "tier"'],
      [['import'], 'needs a file'],
      [['give'], 'no "give"'],
    ] as const) {
      const { code, stderr } = await assay('override', ...args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr).toContain(words);
    }
  });

  it('imports a file whole, or tells every wrong line of it', async () => {
    const [one = '', two = ''] = customers;
    const file = (name: string, lines: readonly string[]) => {
      writeFileSync(join(desk.place.folder, name), `\uFEFF${lines.join('\r\n')}\r\n`);
      return name;
    };
    const head = 'Customer,class,family,why,until,by,remark';
    const bad = file('bad.csv', [
      head,
      `${one},gold,value_tier,VIP,,,`,
      `nobody,diamond,value_tier,,2026-13-01,,`,
      `${one},silver,value_tier,VIP,,,`,
    ]);
    const refused = await assay('override', 'import', bad);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('line 3: there is no customer "nobody"');
    expect(refused.stdout).toContain('line 3: value_tier has no class "diamond"');
    expect(refused.stdout).toContain('line 3: the reason (why) is missing');
    expect(refused.stdout).toContain('line 3: "2026-13-01" is no day');
    expect(refused.stdout).toContain(
      'line 4: decides value_tier of the customer of line 2 once more',
    );
    expect((await json('override', 'list')).overrides).toEqual([]);

    const good = file('good.csv', [
      head,
      `${one},Gold,value_tier,"VIP, by contract",2099-06-30,"Meier, A.",`,
      `${two},black,importance,two unpaid invoices,,,`,
    ]);
    expect(await json('override', 'import', good, '--check')).toMatchObject({ rows: 2, set: 0 });
    expect(await json('override', 'import', good)).toMatchObject({ set: 2, unchanged: 0 });
    expect(await json('override', 'import', good)).toMatchObject({ set: 0, unchanged: 2 });
    const { overrides } = await json('override', 'list');
    expect(overrides).toHaveLength(2);
    expect(
      overrides.find(({ family }: { family: string }) => family === 'value_tier'),
    ).toMatchObject({
      ...{ why: 'VIP, by contract', by: 'Meier, A.', source: 'csv' },
    });
    // As a German Excel writes it.
    const semicolons = file('semicolons.csv', [
      'customer;family;class;why;until;by',
      `${one};value_tier;Gold;"VIP; by contract";2099-06-30;"Meier, A."`,
    ]);
    expect(await json('override', 'import', semicolons)).toMatchObject({ set: 1, replaced: 1 });
    const empty = join(desk.place.folder, 'empty.csv');
    writeFileSync(empty, '');
    expect((await assay('override', 'import', empty)).stderr).toContain('is empty');
    const latin = join(desk.place.folder, 'latin.csv');
    writeFileSync(latin, `customer,family,class,why\n${one},value_tier,gold,\u00fcber`, 'latin1');
    expect((await assay('override', 'import', latin)).stderr).toContain('is not UTF-8');
    const lacking = file('lacking.csv', ['customer,family', `${one},value_tier`]);
    expect((await assay('override', 'import', lacking)).stderr).toContain('no column class, why');
  });
});
