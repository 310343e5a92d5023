import type { OpenInput } from '../../src/connector/connector.ts';
import { DailyBudget } from '../../src/connector/http/daily-budget.ts';
import { ServerClock } from '../../src/connector/http/server-clock.ts';
import { secretOf } from '../../src/connector/secret-of.ts';
import { type Auth, oauth, staticAuth, type TokenAnswer, tokenAnswer } from './auth.ts';
import { HubSpotClient } from './client.ts';
import { ownFields } from './fields.ts';
import { customerMapping } from './mapping.ts';
import { customerKind } from './object-kind.ts';
import { pathsOf } from './paths.ts';
import { openRates } from './rates.ts';
import type { Session } from './session.ts';
import { type HubSpotSettings, parseHubSpotSettings } from './settings.ts';

/** Builds all that the verbs of one connection share; makes no call. */
export function openSession(input: OpenInput): Session {
  const { subject, clock, log } = input;
  const settings = parseHubSpotSettings(input.settings);
  const serverClock = new ServerClock(clock);
  const rates = openRates(settings.plan, settings.rateShare, input.owner);
  const daily = new DailyBudget({ ledger: input.quota, now: () => serverClock.now() });
  const paths = pathsOf(settings.apiVersion);
  const auth = authOf(input, settings, (form, signal) => exchangeToken(reach, form, signal));
  const { baseUrl, timeoutMs } = settings;
  const client = new HubSpotClient({
    ...{ baseUrl, timeoutMs, auth, rates, daily, serverClock, clock, log },
    meter: input.meter,
  });
  const reach = { client, paths };
  const customers = customerKind(subject);
  const own = ownFields(settings.fieldPrefix, input.fields);
  const mapping = customerMapping({ subject, kind: customers, fields: settings.fields, own });
  return {
    ...{ client, paths, settings, subject, customers, own, mapping },
    ...{ serverClock, rates, daily, log },
  };
}

/** `POST /oauth/{version}/token`, without a token (facts §5). */
export async function exchangeToken(
  { client, paths }: Pick<Session, 'client' | 'paths'>,
  body: URLSearchParams,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  return await client.send(
    {
      ...{ method: 'POST', path: paths.token, body, answer: tokenAnswer },
      ...{ effect: 'read', isTokenRequest: true },
    },
    signal,
  );
}

type Exchange = (form: URLSearchParams, signal: AbortSignal) => Promise<TokenAnswer>;

function authOf(input: OpenInput, { auth }: HubSpotSettings, exchange: Exchange): Auth {
  const { connection, secrets, credentials, clock } = input;
  if (auth.kind === 'token') return staticAuth(secretOf(secrets, auth.tokenEnv));
  return oauth({
    clientId: secretOf(secrets, auth.clientIdEnv),
    clientSecret: secretOf(secrets, auth.clientSecretEnv),
    refreshToken: secrets.get(auth.refreshTokenEnv ?? '') ?? null,
    ...{ connection, credentials, exchange, now: clock.now },
  });
}
