import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOrdersFile } from '../../../src/cli/orders-file.ts';
import { readOverridesFile } from '../../../src/cli/override/read-overrides-file.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { AssayError } from '../../../src/domain/assay-error.ts';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { Case, Outcome } from '../kit/part.ts';
import { type Chance, chanceOf } from './chance.ts';
import { oddBytes } from './odd-values.ts';
import { spoiltLines } from './spoilt-lines.ts';

const batches = 6;
const inBatch = 80;
/** Of the wall: lives behind a proxy run beside it. */
const slowestMs = 60_000;
/** In the environment, and where somebody pasted it into a file. */
const planted = 'pat-na1-4711-planted-secret';

type Kind = {
  readonly name: string;
  readonly text: () => Promise<string>;
  readonly odd: readonly string[];
  readonly read: (file: Buffer, folder: string) => Promise<unknown> | unknown;
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

const oddYaml = [
  ...['*a', '&a [*a]', '!!js/function "x"', '!!binary AA==', '<<: *b', '__proto__', '{', ']', '"'],
  ...[
    'constructor: 1',
    '- - - -',
    '|',
    '>',
    '? x',
    '~',
    '.inf',
    '.nan',
    '0x1F',
    '1e999',
    '12:30:45',
  ],
  ...[
    '2026-02-30',
    '\t',
    '\u0000',
    '\u2028',
    '%TAG ! x',
    '---',
    '...',
    'yes',
    '"\\uD800"',
    planted,
  ],
  ...[
    'a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]',
    `${'['.repeat(3_000)}`,
    '-9007199254740993',
  ],
  ...['9'.repeat(400), 'x'.repeat(50_000), '../../../etc/passwd', '[object Object]'],
] as const;

const oddCells = [
  ...[
    '',
    '"',
    '""',
    '"a',
    '=1+1',
    '\u0000',
    '\ufeff',
    '-',
    '1e999',
    'NaN',
    '0x10',
    '1,5',
    "'",
    '\r',
  ],
  ...[
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
    '-1',
    '9'.repeat(400),
    'x'.repeat(100_000),
    '__proto__',
  ],
  ...['black', 'importance', 'constructor', '\u202e', '"\n"', ';', '\t', '1e-400', planted],
] as const;

const kinds: readonly Kind[] = [
  {
    ...{ name: 'config', odd: oddYaml },
    text: async () => `${await readFile(join(root, 'config/assay.yaml'), 'utf8')}\n# ${planted}\n`,
    read: async (file, folder) => {
      await mkdir(join(folder, 'config'), { recursive: true });
      await writeFile(join(folder, 'config/assay.yaml'), file);
      return loadConfig({ folder, variables: { HUBSPOT_TOKEN: planted, ASSAY_HOME: folder } });
    },
  },
  {
    ...{
      name: 'policy',
      odd: oddYaml,
      text: () => readFile(join(root, 'config/policy.yaml'), 'utf8'),
    },
    read: (file) => parsePolicy(file.toString(), 'policy.yaml'),
  },
  {
    ...{ name: 'orders', odd: oddCells, text: async () => orders },
    read: async (file, folder) => {
      const path = join(folder, 'orders.csv');
      await writeFile(path, file);
      const rules = {
        asOf: 20_000,
        windowFrom: 19_000,
        zeroAmount: 'order',
        refunds: 'subtracted',
      } as const;
      return await readOrdersFile(path, rules, new AbortController().signal);
    },
  },
  {
    ...{ name: 'overrides', odd: oddCells, text: async () => overrides },
    read: async (file, folder) => {
      const path = join(folder, 'overrides.csv');
      await writeFile(path, file);
      return await readOverridesFile(path, 'ada', new AbortController().signal);
    },
  },
];

const orders = `customer_id,date,amount,currency\n${Array.from(
  { length: 40 },
  (_, at) => `c${at % 9},2024-0${1 + (at % 9)}-1${at % 9},${at * 3}.50,EUR`,
).join('\n')}\n`;

const overrides = `customer,family,class,until,why,by\n${Array.from(
  { length: 20 },
  (_, at) =>
    `c${at},importance,${at % 2 === 0 ? 'black' : 'normal'},2027-01-01,"They, said ""no""",ada`,
).join('\n')}\n`;

/** Files that an operator writes, or a program wrote for one. */
export function fileCases(folder: string, seed: number): readonly Case[] {
  return kinds.flatMap((kind) =>
    Array.from({ length: batches }, (_, batch): Case => {
      const id = `file/${kind.name}/${batch}`;
      const own = join(folder, `${kind.name}-${batch}`);
      return { id, run: () => readMany(kind, own, chanceOf(seed, id)) };
    }),
  );
}

async function readMany(kind: Kind, folder: string, chance: Chance): Promise<Outcome> {
  await mkdir(folder, { recursive: true });
  const text = await kind.text();
  for (let at = 0; at < inBatch; at += 1) {
    const file = oddBytes(spoiltLines(text, kind.odd, chance), chance);
    const since = performance.now();
    const why = await whatIsWrong(() => kind.read(file, folder));
    const ms = performance.now() - since;
    const input = JSON.stringify(file.toString().slice(0, 2_000));
    if (why !== null) return { status: 'crash', tried: at + 1, why: `${why}\nof ${input}` };
    if (ms > slowestMs) return { status: 'crash', tried: at + 1, why: `took ${ms} ms: ${input}` };
  }
  return { status: 'equal', tried: inBatch };
}

/** A refusal is an error of ours that says what is wrong, briefly, and no secret. */
async function whatIsWrong(read: () => Promise<unknown> | unknown): Promise<string | null> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof AssayError))
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    const said = `${error.message} ${error.todo}`;
    if (said.includes(planted)) return `${error.code} says a secret: ${said.slice(0, 500)}`;
    if (said.length > 200_000) return `${error.code} says ${said.length} characters`;
    if (/\n\s+at .*\.ts:/.test(said)) return `${error.code} shows a stack: ${said.slice(0, 500)}`;
  }
  return Object.hasOwn(Object.prototype, 'polluted') ? 'polluted Object.prototype' : null;
}
