import { randomBytes } from 'node:crypto';
import type { ConsentGrant } from '../../connector/consent.ts';
import { Secret } from '../../lib/secret.ts';
import { type ConsentGround, connectAccount } from '../../run/connect.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { awaitRedirect } from '../connect/await-redirect.ts';
import { chosenConnection } from '../connect/chosen-connection.ts';
import { tokenNotes } from '../connect/notes.ts';
import { openBrowser } from '../connect/open-browser.ts';
import { pasteRedirect } from '../connect/paste-redirect.ts';
import { defaultPort, redirectUriOf } from '../connect/redirect.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { renderConnected, renderScopes } from '../views/connect.ts';
import { readConfig, withApp, withEdge } from '../with-app.ts';

const defaultTimeoutS = 300;

/** `assay connect`. */
export const connect: CommandBody = {
  takes: '[<connection> | hubspot | zoho]',
  positionals: { least: 0, most: 1 },
  needs: 'admin',
  options: [
    {
      kind: 'text',
      name: 'port',
      value: 'number',
      help: `Where the browser comes back, on this machine; default ${defaultPort}. The app must be registered with http://localhost:<port>/callback`,
    },
    { kind: 'flag', name: 'manual', help: 'No browser here: paste the address it was sent to' },
    {
      kind: 'text',
      name: 'code',
      value: 'code',
      help: 'Exchange this code at once, for example of a Zoho self client',
    },
    { kind: 'flag', name: 'no-browser', help: 'Print the page’s address, open nothing' },
    {
      kind: 'text',
      name: 'timeout',
      value: 'seconds',
      help: `How long to wait for the browser; default ${defaultTimeoutS}`,
    },
    {
      kind: 'flag',
      name: 'move',
      help: 'Forget everything stored of the account that this connection was, and take this one',
    },
    ...configOptions,
  ],
  about: `Asks a person for consent in the browser, and keeps the tokens in the store, sealed under
ASSAY_SECRET_KEY: then no refresh token needs to stand in the environment. Needs the app's client id and
secret there (auth: { kind: oauth, clientIdEnv, clientSecretEnv }). Says which scope is for what, and which
account it was; a connection that is another account already is left as it is, unless --move says otherwise.
With --json: {"connection","crm","account":{"id","currency","timeZone","plan"},"movedFrom","notes"}.`,
  examples: [
    { line: 'connect main', does: 'on a machine with a browser' },
    { line: 'connect main --manual', does: 'over ssh: agree elsewhere, paste the address' },
    { line: 'connect zoho --code 1000.…', does: 'with a code of a Zoho self client' },
  ],
  run: async (invocation) => {
    const config = readConfig(invocation);
    const id = chosenConnection(config, invocation.flags);
    await withApp(config, invocation, async (app) =>
      withEdge(invocation, async (edge) => {
        await connectOne(await app.consent(id, edge), invocation);
      }),
    );
    return exitCodes.done;
  },
};

async function connectOne(ground: ConsentGround, invocation: Invocation): Promise<void> {
  const { flags, screen, signal } = invocation;
  const take = async (grant: ConsentGrant) =>
    await connectAccount(ground, grant, { move: flags.isSet('move'), signal });
  const connected = await withGrant(ground, invocation, take);
  const notes = tokenNotes(ground);
  const { connection, crm, movedFrom, account } = connected;
  const { id, currency, timeZone, plan } = account;
  screen.result(
    { connection, crm, account: { id, currency, timeZone, plan }, movedFrom, notes },
    () => renderConnected(connected, notes),
  );
}

async function withGrant<T>(
  ground: ConsentGround,
  invocation: Invocation,
  take: (grant: ConsentGrant) => Promise<T>,
): Promise<T> {
  const { flags, signal } = invocation;
  const port = flags.count('port') ?? defaultPort;
  const redirectUri = redirectUriOf(port);
  const code = flags.text('code');
  if (code !== undefined) {
    const origin = ground.flow.bareCodes ? null : redirectUri;
    return await take({ code: new Secret(code), redirectUri: origin, parameters: new Map() });
  }
  const state = randomBytes(32).toString('base64url');
  const page = ground.flow.authorizeUrl({ ...ground.input, redirectUri, state });
  if (flags.isSet('manual')) {
    ask(ground, page, 'Paste the address that the browser shows then:', invocation);
    return await take({ ...(await pasteRedirect(state, signal)), redirectUri });
  }
  const timeoutS = flags.count('timeout') ?? defaultTimeoutS;
  const ready = () => {
    ask(
      ground,
      page,
      `Waiting up to ${timeoutS} s for the browser at ${redirectUri} …`,
      invocation,
    );
    const isWanted = invocation.screen.isWatched && !flags.isSet('no-browser');
    if (isWanted) openBrowser(page, invocation.variables);
  };
  return await awaitRedirect(
    { port, state, timeoutMs: timeoutS * 1_000, signal, ready },
    async ({ code: given, parameters }) => await take({ code: given, parameters, redirectUri }),
  );
}

function ask(
  { flow, input, crm }: ConsentGround,
  page: string,
  next: string,
  { screen }: Invocation,
): void {
  const { connection, settings, subject } = input;
  screen.tell(`Connection "${connection}" asks ${crm} for these scopes:\n`);
  screen.tell(renderScopes(flow.scopes(settings, subject)));
  screen.tell(`\nOpen this page, look which account it names, and agree:\n\n${page}\n\n${next}`);
}
