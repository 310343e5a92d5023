import { runAsProcess, sandboxCommand } from '../kit/serve-command.ts';
import { openHubSpotSandbox } from './open-sandbox.ts';
import { parseServeOptions, SERVE_USAGE } from './serve-options.ts';

/** `assay sandbox hubspot`: serves a HubSpot portal until the signal is aborted. */
export const sandboxHubspotCommand = sandboxCommand({
  usage: SERVE_USAGE,
  parse: parseServeOptions,
  open: openHubSpotSandbox,
  facts: ({ url, token, loaded: { contacts, deals } }) => ({
    ...{ url, token, pid: process.pid, contacts, deals },
  }),
  welcome: ({ url, token, loaded, limits }) =>
    [
      `A HubSpot portal with ${loaded.contacts} contacts and ${loaded.deals} deals (limits: ${limits.settings.plan})`,
      `  url    ${url}`,
      `  token  ${token}`,
      '',
      `  curl -H 'authorization: Bearer ${token}' '${url}/crm/objects/2026-03/contacts?limit=1'`,
      `  curl '${url}/_sandbox/calls'      what was called, and how often`,
      `  curl -X POST '${url}/_sandbox/purchases'      lets two customers in a hundred buy today`,
      '',
      'Ctrl-C ends it; nothing is kept.',
    ].join('\n'),
});

if (import.meta.main) await runAsProcess(sandboxHubspotCommand);
