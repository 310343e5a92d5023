import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { openWorkplace, type Workplace } from './run-assay.ts';

let place: Workplace;

beforeAll(() => {
  place = openWorkplace();
});

afterAll(() => place.remove());

describe('assay --help', () => {
  it('lists every command and every exit code', async () => {
    const { code, stdout } = await place.assay(['--help']);
    expect(code).toBe(0);
    const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
    for (const { name, summary } of commands)
      expect(stdout).toContain(name.padEnd(width) + summary);
    expect(stdout).toMatch(/3 {2}refused by a guard/);
  });

  it.each(commands.map(({ name }) => name))(
    'assay %s --help has usage and examples',
    async (name) => {
      const { code, stdout, stderr } = await place.assay([name, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: assay ${name}`);
      expect(stdout).toContain('--json');
      expect(stdout).toMatch(/Examples\n {2}assay /);
    },
  );
});

it('assay --version --json prints one document', async () => {
  const { stdout } = await place.assay(['--version', '--json']);
  expect(JSON.parse(stdout)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

it('ends in peace when nobody reads what it has to say', async () => {
  const { ended, stopReading } = place.start(['--help']);
  stopReading();
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('a typing mistake', () => {
  it('in a command ends with 2 and a suggestion', async () => {
    const { code, stdout, stderr } = await place.assay(['provison']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean `assay provision`?');
    expect(stderr).toContain('USAGE_INVALID, see docs/runbook.md#usage_invalid');
  });

  it('in an option too, and nothing is begun', async () => {
    const { code, stderr } = await place.assay(['run', '--ful']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean --full?');
  });
});

describe('broken YAML', () => {
  it('is named with its line, on stderr', async () => {
    place.writeConfig('connections:\n  main:\n    crm: [hubspot\n    subject: contact\n');
    const { code, stdout, stderr } = await place.assay(['doctor']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/config\/assay\.yaml:\d:\d+ /);
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).not.toContain('    at ');
  });

  it('is one JSON document on stdout under --json', async () => {
    const { code, stdout } = await place.assay(['doctor', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'CONFIG_INVALID',
        disposition: 'refuse-to-start',
        runbook: 'docs/runbook.md#config_invalid',
      },
    });
  });

  it('has a stack with --debug only', async () => {
    const { stderr } = await place.assay(['doctor', '--debug']);
    expect(stderr).toContain('    at ');
  });
});
