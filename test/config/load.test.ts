import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHubSpotSettings } from '../../connectors/hubspot/settings.ts';
import { loadConfig } from '../../src/config/load.ts';
import { defaultSchedule } from '../../src/config/schedule-schema.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { defaultWrites } from '../../src/domain/write-settings.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-config-'));
  mkdirSync(join(folder, 'config'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(yaml: string): void {
  writeFileSync(join(folder, 'config', 'assay.yaml'), yaml);
}

function load(variables: Record<string, string> = {}) {
  return loadConfig({ folder, variables });
}

function refusal(variables: Record<string, string> = {}): AssayError {
  try {
    load(variables);
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('The config was accepted');
}

const plain = 'connections:\n  main:\n    crm: hubspot\n    settings: { token: HUBSPOT_TOKEN }\n';

describe('config/assay.yaml', () => {
  it('is accepted as it comes with the project', () => {
    const config = loadConfig({ folder: join(import.meta.dirname, '../..'), variables: {} });
    expect(config.connections).toEqual([
      {
        id: 'main',
        crm: 'hubspot',
        subject: 'contact',
        attribution: 'split',
        language: 'en',
        schedule: defaultSchedule,
        writes: defaultWrites,
        overrides: {},
        settings: { token: 'HUBSPOT_TOKEN' },
      },
    ]);
  });

  it('is named with file and line by the connector that refuses its settings', () => {
    write(
      'connections:\n  main:\n    crm: hubspot\n    settings:\n      colour: red\n      token: HUBSPOT_TOKEN\n      rateShare: 2\n',
    );
    const { connections } = load();
    expect(() => parseHubSpotSettings(connections[0]?.settings)).toThrow(
      expect.objectContaining({
        code: 'SETTINGS_INVALID',
        message: expect.stringMatching(
          /^Settings of the hubspot connection:\nconfig\/assay\.yaml:5:7 settings: .*colour.*\nconfig\/assay\.yaml:7:18 settings\.rateShare: /,
        ),
      }),
    );
  });

  it('has a key that seals and one that only opens, and not the second alone', () => {
    write(plain);
    const both = load({ ASSAY_SECRET_KEY: 'a', ASSAY_SECRET_KEY_OLD: 'b' });
    expect(both.secretKey?.reveal()).toBe('a');
    expect(both.secretKeyOld?.reveal()).toBe('b');
    expect(load().secretKeyOld).toBeNull();
    expect(refusal({ ASSAY_SECRET_KEY_OLD: 'b' })).toMatchObject({ code: 'ENVIRONMENT_INVALID' });
  });

  it('scores contacts and splits deals unless told otherwise', () => {
    write(plain);
    expect(load().connections[0]).toMatchObject({ subject: 'contact', attribution: 'split' });
  });

  it('takes a class from a mapped attribute, and from no other', () => {
    const overrides = '    overrides: { value_tier: manual_tier, importance: list }\n';
    const mapped = '    settings: { fields: { attributes: { manual_tier: tier_by_hand } } }\n';
    write(`connections:\n  shop:\n    crm: hubspot\n${overrides}${mapped}`);
    expect(refusal().message).toContain('`list` is not an attribute');
    expect(refusal().message).toContain('mapped are manual_tier');
    write(
      `connections:\n  shop:\n    crm: hubspot\n${overrides.replace(', importance: list', '')}${mapped}`,
    );
    expect(load().connections[0]?.overrides).toEqual({ value_tier: 'manual_tier' });
    write(
      `connections:\n  shop:\n    crm: hubspot\n    overrides: { tier: manual_tier }\n${mapped}`,
    );
    expect(refusal().code).toBe('CONFIG_INVALID');
  });

  it('names every problem at once, each with its line and column', () => {
    write(
      'connections:\n  main:\n    crm: hubspot\n    subject: person\n    atribution: all\n  Second:\n    crm: 7\n',
    );
    const { code, message } = refusal();
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(
      'config/assay.yaml:4:14 connections.main.subject: must be one of `contact`, `company`',
    );
    expect(message).toContain(
      'config/assay.yaml:5:5 connections.main.atribution: unknown key; did you mean `attribution`?',
    );
    expect(message).toContain('config/assay.yaml:6:3 connections.Second: a name is');
    expect(message).toMatch(/4 problems.*connections\.Second\.crm: must be a text, not `7`/s);
  });

  it('names the line of broken YAML', () => {
    write('connections:\n  main:\n    crm: hubspot\n   subject: contact\n');
    expect(refusal().message).toMatch(/config\/assay\.yaml:4:\d+ /);
  });

  it('is refused when it names no connection, is empty, or names one twice', () => {
    write('connections: {}\n');
    expect(refusal().message).toContain('name at least one connection');
    write('');
    expect(refusal().code).toBe('CONFIG_INVALID');
    write(`${plain}  main:\n    crm: zoho\n`);
    expect(refusal().message).toContain('config/assay.yaml:5:');
  });

  it('is asked for when it is not there', () => {
    expect(refusal()).toMatchObject({ code: 'CONFIG_MISSING', disposition: 'refuse-to-start' });
  });
});

describe('identity', () => {
  const two = `${plain}  wholesale:\n    crm: hubspot\n`;

  it('joins nobody unless it is told to', () => {
    write(plain);
    expect(load().identity).toEqual([]);
  });

  it('names connections and keys in the order of trust', () => {
    write(`${two}identity:\n  - connections: [wholesale, main]\n    by: [externalId, email]\n`);
    const group = { connections: ['wholesale', 'main'], by: ['externalId', 'email'] };
    expect(load().identity).toEqual([group]);
  });

  it('is refused with every problem at once, each with its line and column', () => {
    const company = '  firms:\n    crm: hubspot\n    subject: company\n';
    write(
      `${two}${company}identity:\n  - connections: [main, main]\n    by: [email, email]\n` +
        '  - connections: [wholesale, firms, nowhere]\n    by: [mail]\n' +
        '  - connections: [wholesale]\n    by: []\n    order: 1\n',
    );
    const { code, message } = refusal();
    expect(code).toBe('CONFIG_INVALID');
    const problems = [
      '11:25 identity.0.connections.1: `main` stands here twice',
      '12:17 identity.0.by.1: `email` stands here twice',
      '13:30 identity.1.connections.1: `firms` scores another subject than `wholesale`',
      '13:37 identity.1.connections.2: no connection has the name `nowhere`; there are main, wholesale, firms',
      '14:10 identity.1.by.0: must be one of `externalId`, `email`, `phone`',
      '15:18 identity.2.connections: name at least two connections',
      '15:19 identity.2.connections.0: `wholesale` is in another group; a connection is in one at most',
      '16:9 identity.2.by: name at least one of externalId, email, phone',
      '17:5 identity.2.order: unknown key',
    ];
    for (const problem of problems) expect(message).toContain(`config/assay.yaml:${problem}`);
    expect(message).toContain('has 9 problems');
  });
});

describe('the environment', () => {
  it('moves the store to a server, whose address never prints', () => {
    write(plain);
    const config = load({ DATABASE_URL: 'postgres://assay:hunter2@localhost/assay' });
    expect(config.store.kind).toBe('server');
    expect(JSON.stringify(config)).not.toContain('hunter2');
  });

  it('wins over the file for the folder and the policy', () => {
    write(`${plain}store:\n  folder: here\npolicy: mine.yaml\n`);
    expect(load().store).toEqual({ kind: 'folder', folder: join(folder, 'here') });
    expect(load({ ASSAY_HOME: '/there' }).store).toEqual({ kind: 'folder', folder: '/there' });
    expect(load({ ASSAY_POLICY: 'other.yaml' }).policyFile).toBe(join(folder, 'other.yaml'));
  });

  it('is refused with every bad variable at once and none of their values', () => {
    write(plain);
    const { code, message } = refusal({
      DATABASE_URL: 'mysql://root:hunter2@localhost',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe('ENVIRONMENT_INVALID');
    for (const name of ['DATABASE_URL', 'LOG_LEVEL']) expect(message).toContain(name);
    expect(message).not.toMatch(/hunter2|loud/);
  });

  it('counts a variable set to nothing as not set', () => {
    write(plain);
    expect(load({ DATABASE_URL: '', LOG_LEVEL: '' }).store.kind).toBe('folder');
  });
});
