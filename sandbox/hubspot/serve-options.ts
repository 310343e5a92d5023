import { z } from 'zod';
import { parseServed, SERVED_USAGE, servedShape, withSizes } from '../kit/serve-arguments.ts';
import { plans } from './plans.ts';

/** What `assay sandbox hubspot` takes, in the words of its help. */
export const SERVE_USAGE = `Usage: assay sandbox hubspot [options]

${SERVED_USAGE}
  --companies       Invent companies, and link contacts and deals to them
  --oddities        Spoil some records, as real portals have them
  --plan <plan>     ${plans.join(', ')}. Default professional
  --limits <on|off> Whether calls beyond the plan's limits get a 429. Default on
  --latency <ms>    300 (fixed), 200-400 (uniform) or 300~0.5 (log-normal: median~sigma).
                    Default none
  --token <token>   The token to accept. Default pat-na1-sandbox
  --json            Print {"url","token","pid","contacts","deals"} on one line, and nothing else`;

const serveOptions = z
  .object({
    ...servedShape,
    companies: z.boolean().default(false),
    oddities: z.boolean().default(false),
    plan: z.enum(plans).default('professional'),
  })
  .transform(({ data, contacts, deals, ...options }) => ({
    ...options,
    ...withSizes({ data, contacts, deals }),
  }));

/** How to start a sandbox from a command line. */
export type ServeOptions = Readonly<z.output<typeof serveOptions>>;

/** Reads a command line; throws an `Error` whose message a person can act on. */
export function parseServeOptions(argv: readonly string[]): ServeOptions {
  const words = { text: ['plan'], flags: ['companies', 'oddities'] };
  return parseServed(argv, serveOptions, words, SERVE_USAGE);
}
