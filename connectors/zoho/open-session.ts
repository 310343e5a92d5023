import type { FieldIdStore, OpenInput, WrittenField } from '../../src/connector/connector.ts';
import { ServerClock } from '../../src/connector/http/server-clock.ts';
import { once } from '../../src/connector/once.ts';
import { secretOf } from '../../src/connector/secret-of.ts';
import { Addresses } from './addresses.ts';
import { type Auth, refreshTokenAuth } from './auth.ts';
import { ZohoClient } from './client.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { CreditShare } from './credit-share.ts';
import { labelsOf } from './field-labels.ts';
import { JobKeeper } from './job-keeper.ts';
import { Metadata } from './metadata.ts';
import { readOrg, readUser } from './org.ts';
import { type OwnFields, ownFields } from './own-fields.ts';
import { Rates } from './rates.ts';
import type { Session } from './session.ts';
import { parseZohoSettings, type ZohoSettings } from './settings.ts';
import { inputsOf } from './settings-fields.ts';
import type { WireField } from './wire-fields.ts';

/** Builds all that the verbs of one connection share; makes no call. */
export function openSession(input: OpenInput): Session {
  const { subject, clock, log, fieldIds, stored } = input;
  const settings = parseZohoSettings(input.settings);
  labelsOf(settings.fieldPrefix, input.fields);
  const serverClock = new ServerClock(clock);
  const now = () => serverClock.now();
  const rates = new Rates(settings.edition, settings.concurrencyShare);
  const creditShare = new CreditShare({ ledger: input.quota, now, share: settings.creditShare });
  const addresses = new Addresses(settings);
  const auth: Auth = authOf(input, settings, addresses, (call, signal) =>
    client.send(call, signal),
  );
  const client: ZohoClient = new ZohoClient({
    ...{ auth, addresses, rates, serverClock, clock, log },
    ...{ credits: creditShare, timeoutMs: settings.timeoutMs, meter: input.meter },
  });
  const metadata = new Metadata(client, log);
  const module = subject === 'contact' ? 'Contacts' : 'Accounts';
  const own = ownResolver({ metadata, module, fieldIds, written: input.fields, settings });
  return {
    ...{ client, settings, subject, module, metadata, own, serverClock, rates, creditShare },
    ...{ addresses, fieldIds, stored, log },
    written: input.fields,
    jobs: new JobKeeper(input.jobs, now, input.owner),
    inputs: inputsOf(settings.fields, subject),
    org: once((signal) => readOrg({ client, settings, rates, credits: creditShare, now }, signal)),
    user: once((signal) => readUser(client, signal)),
    credits: creditShare.budget,
    wait: clock.sleep,
  };
}

type Exchange = Parameters<typeof refreshTokenAuth>[0]['exchange'];

function authOf(
  { connection, secrets, credentials, clock }: OpenInput,
  { auth, accountsUrl }: ZohoSettings,
  addresses: Addresses,
  exchange: Exchange,
): Auth {
  return refreshTokenAuth({
    client: clientOf(secrets, auth),
    refreshToken: secrets.get(auth.refreshTokenEnv ?? '') ?? null,
    ...{ accounts: addresses.of('accounts'), isAccountsFixed: accountsUrl !== undefined },
    ...{ connection, credentials, exchange, now: clock.now },
  });
}

/** By which Zoho knows the app. @throws AssayError `SECRET_MISSING` (refuse to start). */
export function clientOf(
  secrets: OpenInput['secrets'],
  { clientIdEnv, clientSecretEnv }: ZohoSettings['auth'],
): ClientSecrets {
  return {
    clientId: secretOf(secrets, clientIdEnv),
    clientSecret: secretOf(secrets, clientSecretEnv),
  };
}

type OwnInput = {
  readonly metadata: Metadata;
  readonly module: string;
  readonly fieldIds: FieldIdStore;
  readonly written: readonly WrittenField[];
  readonly settings: ZohoSettings;
};

/** Resolved anew only when the module's fields were read anew. */
function ownResolver({ metadata, module, fieldIds, written, settings }: OwnInput) {
  let known: { readonly of: readonly WireField[]; readonly own: OwnFields } | null = null;
  return async (signal: AbortSignal): Promise<OwnFields> => {
    const fields = await metadata.fieldsOf(module, signal);
    if (known?.of === fields) return known.own;
    const ids = await fieldIds.load();
    const own = ownFields({ prefix: settings.fieldPrefix, written, ids, fields });
    known = { of: fields, own };
    return own;
  };
}
