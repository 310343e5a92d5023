import { runAsProcess, sandboxCommand } from '../kit/serve-command.ts';
import { openZohoSandbox } from './open-sandbox.ts';
import { parseServeOptions, SERVE_USAGE } from './serve-options.ts';

/** `assay sandbox zoho`: serves a Zoho CRM org until the signal is aborted. */
export const sandboxZohoCommand = sandboxCommand({
  usage: SERVE_USAGE,
  parse: parseServeOptions,
  open: openZohoSandbox,
  facts: ({ url, token, client, loaded: { contacts, deals } }) => ({
    ...{ url, token, clientId: client.clientId, clientSecret: client.clientSecret },
    ...{ refreshToken: client.refreshToken, pid: process.pid, contacts, deals },
  }),
  welcome: ({ url, token, client, org, loaded, limits }) =>
    [
      `A Zoho CRM org with ${loaded.contacts} contacts and ${loaded.deals} deals (${org.options.edition}, limits: ${limits.settings.mode})`,
      `  url            ${url}   (API, accounts and uploads)`,
      `  client         ${client.clientId} ${client.clientSecret}`,
      `  refresh token  ${client.refreshToken}`,
      `  access token   ${token}`,
      '',
      `  curl -H 'authorization: Zoho-oauthtoken ${token}' '${url}/crm/v8/Contacts?fields=Email&per_page=1'`,
      `  curl '${url}/_sandbox/calls'      what was called, how often, and for how many credits`,
      `  curl -X POST '${url}/_sandbox/purchases'      lets two customers in a hundred buy today`,
      '',
      'Ctrl-C ends it; nothing is kept.',
    ].join('\n'),
});

if (import.meta.main) await runAsProcess(sandboxZohoCommand);
