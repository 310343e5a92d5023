import { z } from 'zod';
import { parseServed, SERVED_USAGE, servedShape, withSizes } from '../kit/serve-arguments.ts';
import { editions } from './org-options.ts';

/** What `assay sandbox zoho` takes, in the words of its help. */
export const SERVE_USAGE = `Usage: assay sandbox zoho [options]

${SERVED_USAGE}
  --edition <name>  ${editions.join(', ')}. Default professional
  --licences <n>    User licences: daily credits grow with them. Default 10
  --limits <on|off> Whether calls beyond the edition's limits get a 429. Default on
  --latency <ms>    300 (fixed), 200-400 (uniform) or 300~0.5 (log-normal: median~sigma).
                    Default none
  --token <token>   An access token to accept that does not expire.
                    Default 1000.sandbox-access-token
  --json            Print {"url","token","clientId","clientSecret","refreshToken","pid",
                    "contacts","deals"} on one line, and nothing else`;

const serveOptions = z
  .object({
    ...servedShape,
    edition: z.enum(editions).default('professional'),
    licences: z.coerce.number().int().min(1).max(100_000).default(10),
  })
  .transform(({ data, contacts, deals, ...options }) => ({
    ...options,
    ...withSizes({ data, contacts, deals }),
  }));

/** How to start a sandbox from a command line. */
export type ServeOptions = Readonly<z.output<typeof serveOptions>>;

/** Reads a command line; throws an `Error` whose message a person can act on. */
export function parseServeOptions(argv: readonly string[]): ServeOptions {
  const words = { text: ['edition', 'licences'], flags: [] };
  return parseServed(argv, serveOptions, words, SERVE_USAGE);
}
