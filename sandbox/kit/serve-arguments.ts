import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dataSets } from '../data/data-sets.ts';
import { latencyText } from './latency-text.ts';

const DEALS_PER_CONTACT = 3;

const count = z.coerce.number().int().min(0).max(10_000_000);

/** What every sandbox takes on its command line. */
export const servedShape = {
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  data: z.enum(dataSets).optional(),
  contacts: count.max(2_000_000).optional(),
  deals: count.optional(),
  seed: z.coerce.number().int().default(1),
  limits: z.enum(['on', 'off']).default('on'),
  latency: latencyText.default({ kind: 'none' }),
  token: z.string().min(1).optional(),
  json: z.boolean().default(false),
} as const;

/** The help's lines on what every sandbox takes. */
export const SERVED_USAGE = `  --port <n>        Port on 127.0.0.1. Default: any free one
  --data <set>      online-retail (real orders, the default), generated, or empty
  --contacts <n>    Generated: how many contacts. Default 10000
  --deals <n>       Generated: how many deals. Default three a contact
  --seed <n>        Generated: another seed, another world. Default 1`;

interface Size {
  readonly data: (typeof dataSets)[number] | undefined;
  readonly contacts: number | undefined;
  readonly deals: number | undefined;
}

/** Who asks for so many contacts has asked for generated ones. */
export function withSizes({ data, contacts, deals }: Size) {
  return {
    data: data ?? (contacts === undefined && deals === undefined ? 'online-retail' : 'generated'),
    contacts: contacts ?? 10_000,
    deals: deals ?? (contacts ?? 10_000) * DEALS_PER_CONTACT,
  } as const;
}

/** Reads a command line; throws an `Error` whose message a person can act on. */
export function parseServed<T extends z.ZodType>(
  argv: readonly string[],
  schema: T,
  words: { readonly text: readonly string[]; readonly flags: readonly string[] },
  usage: string,
): z.output<T> {
  const texts = ['port', 'data', 'contacts', 'deals', 'seed', 'limits', 'latency', 'token'];
  const options = Object.fromEntries([
    ...[...texts, ...words.text].map((name) => [name, { type: 'string' }] as const),
    ...['json', ...words.flags].map((name) => [name, { type: 'boolean' }] as const),
  ]);
  const { values } = parseArgs({ args: [...argv], options });
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(`${z.prettifyError(parsed.error)}\n\n${usage}`);
}
