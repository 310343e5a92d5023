import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyVersion } from '../../src/policy/version.ts';
import { policy, policyText } from '../score/default-policy.ts';
import { openWorkplace, type Workplace } from './run-assay.ts';

let place: Workplace;

beforeAll(() => {
  place = openWorkplace();
  writeFileSync(join(place.folder, 'config/policy.yaml'), policyText);
});

afterAll(() => place.remove());

describe('assay policy check', () => {
  it('prints the version of a file that is in order', async () => {
    const version = policyVersion(policy);
    const { code, stdout } = await place.assay(['policy', 'check']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `config/policy.yaml is in order: version ${version}\n`,
    });
    const json = await place.assay(['policy', 'check', 'config/policy.yaml', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ file: 'config/policy.yaml', version });
  });

  it('prints every problem of one that is not, and ends with 2', async () => {
    const bad = policyText
      .replace('windowMonths: 12', 'windowMonths: 0')
      .replace('key: gold\n', 'key: Gold\n');
    writeFileSync(join(place.folder, 'bad.yaml'), bad);
    const { code, stderr } = await place.assay(['policy', 'check', 'bad.yaml']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:\d+:15 windowMonths: must be at least 1/);
    expect(stderr).toMatch(/bad\.yaml:\d+:12 tiers\.classes\.1\.key: a key is/);
  });
});

describe('assay policy schema', () => {
  it('prints the JSON Schema, or writes it to a file', async () => {
    const { code, stdout } = await place.assay(['policy', 'schema']);
    expect(code).toBe(0);
    const written = await place.assay(['policy', 'schema', '--out', 'schema.json']);
    expect(written.stdout).toBe('Written to schema.json\n');
    expect(JSON.parse(readFileSync(join(place.folder, 'schema.json'), 'utf8'))).toEqual(
      JSON.parse(stdout),
    );
  });

  it('and nothing else is known', async () => {
    const { code, stderr } = await place.assay(['policy', 'chek']);
    expect(code).toBe(2);
    expect(stderr).toContain('USAGE_INVALID');
  });
});
