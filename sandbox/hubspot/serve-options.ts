import { parseArgs } from 'node:util';
import { z } from 'zod';
import { latencyText } from '../kit/latency-text.ts';
import { plans } from './plans.ts';

/** What `assay sandbox hubspot` takes, in the words of its help. */
export const SERVE_USAGE = `Usage: assay sandbox hubspot [options]

  --port <n>        Port on 127.0.0.1. Default: any free one
  --data <set>      online-retail (real orders, the default), generated, or empty
  --contacts <n>    Generated: how many contacts. Default 10000
  --deals <n>       Generated: how many deals. Default three a contact
  --seed <n>        Generated: another seed, another world. Default 1
  --companies       Invent companies, and link contacts and deals to them
  --oddities        Spoil some records, as real portals have them
  --plan <plan>     ${plans.join(', ')}. Default professional
  --limits <on|off> Whether calls beyond the plan's limits get a 429. Default on
  --latency <ms>    300 (fixed), 200-400 (uniform) or 300~0.5 (log-normal: median~sigma).
                    Default none
  --token <token>   The token to accept. Default pat-na1-sandbox
  --json            Print {"url","token","pid","contacts","deals"} on one line, and nothing else`;

/** Which orders a sandbox starts with. */
const dataSets = ['online-retail', 'generated', 'empty'] as const;

const DEALS_PER_CONTACT = 3;

const count = z.coerce.number().int().min(0).max(10_000_000);
const serveOptions = z
  .object({
    port: z.coerce.number().int().min(0).max(65_535).default(0),
    data: z.enum(dataSets).optional(),
    contacts: count.max(2_000_000).optional(),
    deals: count.optional(),
    seed: z.coerce.number().int().default(1),
    companies: z.boolean().default(false),
    oddities: z.boolean().default(false),
    plan: z.enum(plans).default('professional'),
    limits: z.enum(['on', 'off']).default('on'),
    latency: latencyText.default({ kind: 'none' }),
    token: z.string().min(1).optional(),
    json: z.boolean().default(false),
  })
  .transform(({ data, contacts, deals, ...options }) => ({
    ...options,
    // Who asks for so many contacts has asked for generated ones.
    data: data ?? (contacts === undefined && deals === undefined ? 'online-retail' : 'generated'),
    contacts: contacts ?? 10_000,
    deals: deals ?? (contacts ?? 10_000) * DEALS_PER_CONTACT,
  }));

/** How to start a sandbox from a command line. */
export type ServeOptions = Readonly<z.output<typeof serveOptions>>;

/** Reads a command line; throws an `Error` whose message a person can act on. */
export function parseServeOptions(argv: readonly string[]): ServeOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ port: text, data: text, contacts: text, deals: text, seed: text, plan: text },
      ...{ limits: text, latency: text, token: text },
      ...{ companies: flag, oddities: flag, json: flag },
    },
  });
  const parsed = serveOptions.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(`${z.prettifyError(parsed.error)}\n\n${SERVE_USAGE}`);
}
