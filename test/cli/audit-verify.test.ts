import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../store/embedded-server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let place: Workplace;
let database: Client;
let databaseUrl = '';

/** A log of a few rows, and somebody who may do anything to the database. */
beforeAll(async () => {
  server = await startServer();
  databaseUrl = (await server.database('tampered')).reveal();
  place = openWorkplace();
  place.writeConfig(sandboxConfig('http://127.0.0.1:9'));
  for (let at = 0; at < 3; at += 1) {
    expect((await assay('pause', 'main', '--why', `the ${at}th time`)).code).toBe(0);
    expect((await assay('resume', 'main')).code).toBe(0);
  }
  database = new Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(
    'alter table audit disable trigger user; create table kept as select * from audit',
  );
}, 180_000);

afterAll(async () => {
  await database.end();
  place.remove();
  await server.stop();
});

afterEach(async () => {
  await database.query('delete from audit; insert into audit select * from kept');
});

function assay(...args: readonly string[]) {
  return place.assay(args, { DATABASE_URL: databaseUrl });
}

describe('assay audit verify', { timeout: 120_000 }, () => {
  it('finds an untouched log in order, and prints heads to note', async () => {
    const { code, stdout } = await assay('audit', 'verify');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ main: 6 rows\n {2}main:6:[0-9a-f]{64}$/m);
    expect(stdout).toContain('Nothing was changed.');
  });

  it.each([
    {
      what: 'changed',
      query: `update audit set actor = 'nobody' where chain = 'main' and position = 3`,
      found: { position: 3, fault: 'changed' },
    },
    {
      what: 'deleted',
      query: `delete from audit where chain = 'main' and position = 3`,
      found: { position: 4, fault: 'missing' },
    },
    {
      what: 'put in another place',
      query: `update audit set position = -1 where chain = 'main' and position = 2;
        update audit set position = 2 where chain = 'main' and position = 4;
        update audit set position = 4 where chain = 'main' and position = -1`,
      found: { position: 2, fault: 'changed' },
    },
    {
      what: 'robbed of its reason',
      query: `update audit set facts = replace(facts, 'time', 'wine'),
        detail = replace(detail, 'time', 'wine') where chain = 'main' and position = 1`,
      found: { position: 1 },
    },
    {
      what: 'cut off at the end',
      query: `delete from audit where chain = 'main' and position = 6`,
      found: { fault: 'missing' },
    },
  ])('ends with 3 at a row that somebody $what, in words and as JSON', async ({ query, found }) => {
    await database.query(query);
    const { code, stdout } = await assay('audit', 'verify');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^✗ main(, row \d+)?: /m);
    expect(stdout).toContain('Broken: main. See docs/security.md for what to do.');
    const json = await assay('audit', 'verify', '--json');
    expect(json.code).toBe(3);
    const { chains } = JSON.parse(json.stdout);
    const main = chains.find(({ chain }: { readonly chain: string }) => chain === 'main');
    expect(main.broken).toMatchObject(found);
    expect(main.rows).toBeLessThan(6);
  });

  it('ends with 3 where a noted head is not reached any more', async () => {
    const { stdout } = await assay('audit', 'verify', '--connection', 'main');
    const head = /main:6:[0-9a-f]{64}/.exec(stdout)?.[0] ?? '';
    await database.query(`alter table audit_heads disable trigger user;
      delete from audit where chain = 'main' and position = 6;
      update audit_heads set position = 5,
        hash = (select hash from audit where chain = 'main' and position = 5)
        where chain = 'main'`);
    expect((await assay('audit', 'verify')).code).toBe(0);
    const noted = await assay('audit', 'verify', '--head', head, '--json');
    expect(noted.code).toBe(3);
    expect(JSON.parse(noted.stdout).chains[0].broken).toMatchObject({ fault: 'cut' });
    expect((await assay('audit', 'verify', '--head', 'main:6:zz')).code).toBe(2);
  });
});
