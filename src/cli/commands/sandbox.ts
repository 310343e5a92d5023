import { nearest } from '../../lib/nearest.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';

type Serve = (
  args: readonly string[],
  context: { readonly print: (line: string) => void; readonly signal: AbortSignal },
) => Promise<void>;

/** The CRMs there is a sandbox of. */
const sandboxes: Readonly<Record<string, () => Promise<Serve>>> = {
  hubspot: async () => (await import('../../../sandbox/hubspot/main.ts')).sandboxHubspotCommand,
  zoho: async () => (await import('../../../sandbox/zoho/main.ts')).sandboxZohoCommand,
};

const known = Object.keys(sandboxes);

/** `assay sandbox <crm>`; each sandbox reads its own options. */
export const sandbox: CommandBody = {
  takes: '<crm>',
  positionals: { least: 1, most: 1 },
  needs: 'none',
  options: [],
  passesOn: true,
  about: `Serves a local CRM that behaves like the real one, until Ctrl-C. There is one of: ${known.join(', ')}.
assay sandbox <crm> --help shows what it takes.`,
  examples: [
    { line: 'sandbox hubspot', does: 'a portal with real orders' },
    { line: 'sandbox zoho --edition enterprise', does: 'an org with the same orders' },
    { line: 'sandbox hubspot --help', does: 'its options' },
  ],
  run: serve,
};

async function serve({ args, screen, signal }: Invocation): Promise<0> {
  const [crm = '', ...rest] = args;
  const open = sandboxes[crm];
  if (open === undefined) throw unknownCrm(crm);
  const command = await open();
  try {
    await command(rest, { print: (line) => screen.print(line), signal });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usageInvalid(message, `\`assay sandbox ${crm} --help\` shows what it takes.`);
  }
  return exitCodes.done;
}

function unknownCrm(crm: string) {
  const close = nearest(crm, known);
  return usageInvalid(
    crm === '' ? 'assay sandbox needs the name of a CRM' : `There is no sandbox of "${crm}"`,
    close === null ? `There is one of: ${known.join(', ')}.` : `Did you mean ${close}?`,
  );
}
