import { once } from 'node:events';
import { type OpenSandbox, openHubSpotSandbox } from './open-sandbox.ts';
import { parseServeOptions, SERVE_USAGE } from './serve-options.ts';

/** Where the command writes, and when it ends. */
export interface CommandContext {
  /** Takes whole lines, without their newline. */
  readonly print: (line: string) => void;
  /** Ends the command; it then closes the sandbox and returns. */
  readonly signal: AbortSignal;
}

/**
 * `assay sandbox hubspot`: serves a HubSpot portal until the signal is aborted. Throws an `Error`
 * with a message for a person when the options make no sense or the port is taken.
 */
export async function sandboxHubspotCommand(
  argv: readonly string[],
  { print, signal }: CommandContext,
): Promise<void> {
  if (argv.includes('--help')) {
    print(SERVE_USAGE);
    return;
  }
  const options = parseServeOptions(argv);
  const sandbox = await openHubSpotSandbox(options);
  print(options.json ? jsonLine(sandbox) : welcome(sandbox));
  if (!signal.aborted) await once(signal, 'abort');
  await sandbox.close();
}

function jsonLine({ url, token, loaded }: OpenSandbox): string {
  const { contacts, deals } = loaded;
  return JSON.stringify({ url, token, pid: process.pid, contacts, deals });
}

function welcome({ url, token, loaded, limits }: OpenSandbox): string {
  return [
    `A HubSpot portal with ${loaded.contacts} contacts and ${loaded.deals} deals (limits: ${limits.settings.plan})`,
    `  url    ${url}`,
    `  token  ${token}`,
    '',
    `  curl -H 'authorization: Bearer ${token}' '${url}/crm/objects/2026-03/contacts?limit=1'`,
    `  curl '${url}/_sandbox/calls'      what was called, and how often`,
    `  curl -X POST '${url}/_sandbox/purchases'      lets two customers in a hundred buy today`,
    '',
    'Ctrl-C ends it; nothing is kept.',
  ].join('\n');
}

function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

if (import.meta.main) {
  const context = { print: console.log, signal: untilStopped() };
  try {
    await sandboxHubspotCommand(process.argv.slice(2), context);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
