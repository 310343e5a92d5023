import type { Account } from '../connector/account.ts';
import type { CredentialStore, OpenInput } from '../connector/connector.ts';
import type { ConsentFlow, ConsentGrant } from '../connector/consent.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Secret } from '../lib/secret.ts';
import type { RunContext } from './context.ts';
import { withLease } from './with-lease.ts';

/** What a consent works with; built in `app.ts`. */
export type ConsentGround = {
  readonly crm: string;
  readonly flow: ConsentFlow<OpenInput>;
  /** With the credentials as they are kept. */
  readonly input: OpenInput;
  /** The connection as it is with other credentials. */
  readonly openWith: (
    credentials: CredentialStore,
  ) => Promise<{ readonly context: RunContext; readonly close: () => Promise<void> }>;
};

export type Connected = {
  readonly connection: ConnectionId;
  readonly crm: string;
  readonly account: Account;
  /** The account it was before, all of which is forgotten; `null` where it was none or the same. */
  readonly movedFrom: string | null;
};

/**
 * Exchanges the code, looks whose account it opens, and keeps the tokens only if that is the
 * connection's account, or it has none yet. With `move` everything stored of the other is forgotten.
 * @throws AssayError `CONSENT_REFUSED`, `CONNECTION_MOVED` (refuse to start), `LEASE_HELD`.
 */
export async function connectAccount(
  ground: ConsentGround,
  grant: ConsentGrant,
  { move, signal }: { readonly move: boolean; readonly signal: AbortSignal },
): Promise<Connected> {
  const { crm, flow, input } = ground;
  const trial = trialCredentials(await flow.exchange(input, grant, signal));
  const { context, close } = await ground.openWith(trial.credentials);
  try {
    const account = await context.connector.account(signal);
    const movedFrom = await bindTo(context, account, move);
    await input.credentials.exclusively(
      async () => await input.credentials.save(trial.kept()),
      signal,
    );
    await context.store.flush();
    return { connection: input.connection, crm, account, movedFrom };
  } finally {
    await close();
  }
}

async function bindTo(ctx: RunContext, account: Account, move: boolean): Promise<string | null> {
  const { connection, connector, subject, store } = ctx;
  const identity = { crm: connector.crm, accountId: account.id, subject };
  try {
    await store.connections.bind(connection, identity);
    return null;
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== 'CONNECTION_MOVED') throw error;
    if (!move) throw otherAccount(error);
  }
  const before = (await store.connections.bindings()).find((one) => one.connection === connection);
  await withLease(ctx, async (held) => {
    await held.store.connections.forget(connection);
    await held.store.connections.bind(connection, identity);
  });
  return before?.accountId ?? null;
}

function otherAccount(cause: AssayError): AssayError {
  return new AssayError(
    'CONNECTION_MOVED',
    'refuse-to-start',
    `${cause.message} Nothing was changed.`,
    'Agree in the right account, or give this one a connection of its own; with --move everything stored of the other is forgotten, and this one takes its place.',
    { cause },
  );
}

/** Tokens that are not kept until it is clear whose they are. */
function trialCredentials(first: Secret) {
  let kept = first;
  const credentials: CredentialStore = {
    load: async () => kept,
    save: async (value) => {
      kept = value;
    },
    exclusively: async (work) => await work(),
  };
  return { credentials, kept: () => kept };
}
