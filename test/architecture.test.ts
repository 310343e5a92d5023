import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/**
 * Who may import whom, besides itself. The first layer whose folder matches a file is its layer, so
 * narrower ones stand first.
 */
const layers: readonly { layer: string; may: readonly string[]; because: string }[] = [
  { layer: 'src/lib', may: [], because: 'words of no business' },
  { layer: 'src/domain', may: ['src/lib'], because: 'pure' },
  { layer: 'src/policy', may: ['src/domain', 'src/lib'], because: 'pure' },
  { layer: 'src/score', may: ['src/domain', 'src/policy', 'src/lib'], because: 'pure' },
  {
    layer: 'src/plan',
    may: ['src/score', 'src/domain', 'src/policy', 'src/lib'],
    because: 'pure; a reason is written from a score',
  },
  { layer: 'src/connector', may: ['src/domain', 'src/lib'], because: 'the port and its kit' },
  {
    layer: 'src/store',
    may: ['src/domain', 'src/policy', 'src/lib'],
    because: 'the port and its database',
  },
  {
    layer: 'src/config',
    may: ['src/domain', 'src/policy', 'src/lib'],
    because: 'only reader of the environment',
  },
  {
    layer: 'src/pull',
    may: ['src/connector', 'src/store', 'src/domain', 'src/lib'],
    because: 'through the ports',
  },
  {
    layer: 'src/apply',
    may: ['src/connector', 'src/store', 'src/domain', 'src/lib'],
    because: 'through the ports',
  },
  {
    layer: 'src/run',
    may: [
      'src/pull',
      'src/score',
      'src/plan',
      'src/apply',
      'src/connector',
      'src/store',
      'src/policy',
      'src/domain',
      'src/lib',
    ],
    because: 'one pass: the stages in order',
  },
  {
    layer: 'src/jobs',
    may: [
      'src/run',
      'src/pull',
      'src/score',
      'src/plan',
      'src/apply',
      'src/connector',
      'src/store',
      'src/policy',
      'src/domain',
      'src/lib',
    ],
    because: 'says when and for whom a pass is made: queues, schedule, events',
  },
  {
    layer: 'connectors/registry.ts',
    may: ['connectors', 'src/connector'],
    because: 'names them all',
  },
  {
    layer: 'connectors/receivers.ts',
    may: ['connectors', 'src/connector'],
    because: 'names them all, where they only receive',
  },
  ...connectorLayers(),
  {
    layer: 'src/intake.ts',
    may: [
      'src/jobs',
      'src/config',
      'src/store',
      'src/connector',
      'src/domain',
      'src/lib',
      'connectors/receivers.ts',
    ],
    because: 'the part of src/app.ts that takes webhooks',
  },
  {
    layer: 'src/telemetry',
    may: ['src/jobs', 'src/store', 'src/http', 'src/domain', 'src/lib'],
    because: 'what others see of us: metrics and traces',
  },
  {
    layer: 'src/watch.ts',
    may: [
      'src/telemetry',
      'src/jobs',
      'src/config',
      'src/store',
      'src/connector',
      'src/domain',
      'src/lib',
    ],
    because: 'the part of src/app.ts that tells others what happens',
  },
  {
    layer: 'src/app.ts',
    may: [
      'src/watch.ts',
      'src/intake.ts',
      'src/jobs',
      'src/run',
      'src/config',
      'src/store',
      'src/policy',
      'src/connector',
      'src/domain',
      'src/lib',
      'connectors/registry.ts',
    ],
    because: 'the only file that constructs things',
  },
  {
    layer: 'src/http',
    may: [
      'src/app.ts',
      'src/intake.ts',
      'src/jobs',
      'src/run',
      'src/store',
      'src/connector',
      'src/domain',
      'src/lib',
    ],
    because: 'thin entry: takes hints, does no work',
  },
  {
    layer: 'src/lambda',
    may: [
      'src/app.ts',
      'src/intake.ts',
      'src/http',
      'src/jobs',
      'src/config',
      'src/domain',
      'src/lib',
    ],
    because: 'thin entry: events of AWS to what the others do',
  },
  {
    layer: 'src/cli',
    may: [
      'src/telemetry',
      'src/app.ts',
      'src/intake.ts',
      'src/http',
      'src/jobs',
      'src/run',
      'src/config',
      'src/policy',
      'src/store',
      'src/connector',
      'src/domain',
      'src/lib',
      'src/score',
      'sandbox',
    ],
    because: 'thin entry; the demo starts the sandbox',
  },
  {
    layer: 'sandbox',
    may: ['src/lib'],
    because: 'so that portal and connector cannot be wrong in the same way',
  },
  { layer: 'bench', may: ['src', 'connectors', 'sandbox'], because: 'measures everything' },
];

/** One layer a CRM: none imports another. */
function connectorLayers(): { layer: string; may: readonly string[]; because: string }[] {
  const folders = globSync('connectors/*/', { cwd: root }).map((folder) =>
    folder.replace(/\/$/, ''),
  );
  return folders.map((layer) => ({
    layer,
    may: ['src/connector', 'src/domain', 'src/lib'],
    because: 'a connector knows its CRM and the port',
  }));
}

/** Packages that only one place may name. */
const packages: readonly { name: RegExp; only: readonly string[] }[] = [
  { name: /^(kysely|pg$|pg-pool|@electric-sql\/pglite)/, only: ['src/store'] },
  { name: /^(pg-boss|@aws-sdk\/client-sqs)/, only: ['src/jobs'] },
  { name: /^@hubspot\/api-client/, only: ['connectors/hubspot'] },
  { name: /^node-cron/, only: ['src/jobs'] },
  { name: /^prom-client/, only: ['src/telemetry'] },
  { name: /^express/, only: ['src/http', 'sandbox'] },
  { name: /^pino/, only: ['src/cli', 'src/lambda', 'src/app.ts'] },
];

const files = globSync(['src/**/*.ts', 'connectors/**/*.ts', 'sandbox/**/*.ts', 'bench/**/*.ts'], {
  cwd: root,
}).sort();

function layerOf(file: string): (typeof layers)[number] | undefined {
  return layers.find(({ layer }) => file === layer || file.startsWith(`${layer}/`));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
  return [...found].map((match) => match[1] ?? '');
}

function target(file: string, specifier: string): string {
  return relative(root, resolve(root, dirname(file), specifier));
}

describe('the architecture', () => {
  it('finds the files it is to check', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const { layer } of layers) {
      expect(existsSync(join(root, layer)), `${layer} is named in the table`).toBe(true);
    }
  });

  it.each(files)('%s imports only what its layer may', (file) => {
    const own = layerOf(file);
    expect(own, `${file} belongs to no layer`).toBeDefined();
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) continue;
      const to = target(file, specifier);
      expect(existsSync(join(root, to)), `${file} → ${to} exists`).toBe(true);
      const permitted = [own?.layer ?? '', ...(own?.may ?? [])];
      const fits = permitted.some((layer) => to === layer || to.startsWith(`${layer}/`));
      expect(fits, `${file} may not import ${to}: ${own?.because}`).toBe(true);
    }
  });

  it.each(packages)('only $only names $name', ({ name, only }) => {
    const users = files.filter((file) => importsOf(file).some((from) => name.test(from)));
    const strangers = users.filter(
      (file) =>
        !file.startsWith('bench/') &&
        !only.some((place) => file === place || file.startsWith(`${place}/`)),
    );
    expect(strangers).toEqual([]);
  });

  it('reads the environment in src/config only', () => {
    const readers = files.filter((file) =>
      /process\.env\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(
      readers.filter((file) => !file.startsWith('src/config/') && !file.startsWith('bench/')),
    ).toEqual([]);
  });

  it('has no cycle', () => {
    const edges = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => target(file, specifier)),
      ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps every file under 300 lines', () => {
    const long = files.filter(
      (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });
});
