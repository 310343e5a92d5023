import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
const given: Record<string, string> = {};

/** The tests below are one story of one store; nobody ever calls the CRM. */
beforeAll(() => {
  place = openWorkplace();
  place.writeConfig(sandboxConfig('http://127.0.0.1:9'));
});

afterAll(() => place.remove());

function assay(who: string | null, ...args: readonly string[]) {
  const token = who === null ? undefined : (given[who] ?? who);
  return place.assay(args, {
    HUBSPOT_TOKEN: 'pat-na1-any',
    ...(token !== undefined && { ASSAY_TOKEN: token }),
  });
}

async function grant(by: string | null, name: string, role: string) {
  const { code, stdout, stderr } = await assay(
    by,
    'access',
    'grant',
    name,
    '--role',
    role,
    '--json',
  );
  expect(code, stderr).toBe(0);
  const { token } = JSON.parse(stdout);
  given[name] = token;
  return token;
}

const patience = { timeout: 120_000 };

it('every command says whose role it takes', async () => {
  for (const { name, load } of commands)
    expect((await load()).needs, `${name} names its role`).toBeDefined();
});

describe('before anybody has a token', patience, () => {
  it('the shell’s user is an admin, and a token that nobody gave does no harm', async () => {
    const { code, stdout } = await assay('assay_of-another-store', 'access');
    expect(code).toBe(0);
    expect(stdout).toContain('Nobody has a token');
  });

  it('the first to be given one is an admin', async () => {
    const { code, stderr } = await assay(null, 'access', 'grant', 'vera', '--role', 'viewer');
    expect(code).toBe(2);
    expect(stderr).toContain('ACCESS_ADMIN_NEEDED');
  });
});

describe('once somebody has', patience, () => {
  it('everybody shows a token', async () => {
    expect(await grant(null, 'ada', 'admin')).toMatch(/^assay_[\w-]{43}$/);
    const { code, stderr } = await assay(null, 'audit', 'list');
    expect(code).toBe(2);
    expect(stderr).toContain('ACCESS_TOKEN_MISSING');
    const unknown = await assay(`assay_${'a'.repeat(43)}`, 'audit', 'list');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('ACCESS_TOKEN_UNKNOWN');
    expect(unknown.stderr).not.toContain('aaaa');
  });

  it('a viewer looks and writes nothing; what is refused names the role it takes', async () => {
    await grant('ada', 'vera', 'viewer');
    expect((await assay('vera', 'audit', 'verify')).code).toBe(0);
    const nobody = await assay('vera', 'audit', 'verify', '--connection', 'typo');
    expect([nobody.code, nobody.stdout]).toEqual([3, expect.stringContaining('typo: no row')]);
    const refused = await assay('vera', 'score');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/vera is viewer; this takes the role operator/);
    expect(refused.stderr).toContain('ACCESS_ROLE_NEEDED');
  });

  it('an operator gives nobody access', async () => {
    await grant('ada', 'otto', 'operator');
    const refused = await assay('otto', 'access', 'grant', 'eve', '--role', 'admin');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/otto is operator; this takes the role admin/);
  });

  it('a name is one person’s, and the last admin stays', async () => {
    const twice = await assay('ada', 'access', 'grant', 'vera', '--role', 'operator');
    expect(twice.stderr).toContain('ACCESS_NAME_TAKEN');
    const last = await assay('ada', 'access', 'revoke', 'ada');
    expect(last.stderr).toContain('ACCESS_ADMIN_NEEDED');
    const nobody = await assay('ada', 'access', 'revoke', 'nobody');
    expect(nobody.stderr).toContain('ACCESS_NAME_UNKNOWN');
  });

  it('who is revoked is refused at once', async () => {
    expect((await assay('ada', 'access', 'revoke', 'vera')).code).toBe(0);
    expect((await assay('vera', 'audit', 'list')).stderr).toContain('ACCESS_TOKEN_UNKNOWN');
  });

  it('who acted stands in the log by name, and no token does', async () => {
    const { stdout } = await assay('otto', 'audit', 'list', '--connection', 'house', '--json');
    const { rows } = JSON.parse(stdout);
    const [first, ...others] = rows;
    expect(first).toMatchObject({ kind: 'access.granted', facts: { name: 'ada', role: 'admin' } });
    expect(first.actor).toMatch(/^local:./);
    expect(others.map(({ actor }: { actor: string }) => actor)).toEqual(['ada', 'ada', 'ada']);
    for (const token of Object.values(given)) expect(stdout).not.toContain(token);
  });
});
