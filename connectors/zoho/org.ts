import { quoted } from '../../src/connector/http/quoted.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import { localDay } from '../../src/lib/local-day.ts';
import type { ZohoClient } from './client.ts';
import type { CreditShare } from './credit-share.ts';
import { dailyCredits, type Edition, editionOf } from './editions.ts';
import type { Rates } from './rates.ts';
import type { ZohoSettings } from './settings.ts';
import { orgAnswer, usersAnswer, type WireOrg } from './wire-org.ts';

/** What the org says of itself. */
export type Org = {
  readonly id: string;
  /** Goes with uploads (facts §5.4). */
  readonly zgid: string;
  /** ISO 4217 code that home amounts are in: the setting's, else the org's own. */
  readonly currency: string;
  /** The org's own; another than `currency` only by setting. */
  readonly baseCurrency: string | null;
  readonly timeZone: string;
  readonly edition: Edition;
  /** As the org names it; `null` when it does not. */
  readonly editionName: string | null;
  readonly licences: number;
  /** Records carry a currency and a rate of their own (facts §9). */
  readonly hasCurrencies: boolean;
};

/** Whose token it is. */
export type TokenUser = {
  readonly id: string;
  readonly profile: string;
  /** Fields we make are shown to it (facts §6). */
  readonly profileId: string | null;
};

type OrgInput = {
  readonly client: ZohoClient;
  readonly settings: ZohoSettings;
  readonly rates: Rates;
  readonly credits: CreditShare;
  readonly now: () => number;
};

/** `GET /org`: its edition sets the semaphores and the credit budget. */
export async function readOrg(input: OrgInput, signal: AbortSignal): Promise<Org> {
  const { client, settings, rates, credits } = input;
  const { org } = await client.send(
    {
      ...{ method: 'GET', path: '/crm/v8/org', answer: orgAnswer },
      ...{ effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  const read = toOrg(org, settings);
  checkZone(read.timeZone, input.now());
  rates.setEdition(read.edition);
  await credits.open(dailyCredits(read.edition, read.licences));
  return read;
}

/** `GET /users?type=CurrentUser`: own writes are told by it (facts §7). */
export async function readUser(client: ZohoClient, signal: AbortSignal): Promise<TokenUser> {
  const { users } = await client.send(
    {
      ...{ method: 'GET', path: '/crm/v8/users', query: { type: 'CurrentUser' } },
      ...{ answer: usersAnswer, effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
  const { id, profile } = users;
  return { id, profile: profile?.name ?? '', profileId: profile?.id ?? null };
}

function toOrg(wire: WireOrg, settings: ZohoSettings): Org {
  const licence = wire.license_details;
  const editionName = licence?.paid_type ?? licence?.trial_type ?? null;
  const base = [wire.iso_code, wire.currency].find((code) => /^[A-Z]{3}$/.test(code ?? ''));
  return {
    id: wire.id ?? wire.zgid,
    zgid: wire.zgid,
    currency: settings.currency ?? base ?? noCurrency(),
    baseCurrency: base ?? null,
    timeZone: wire.time_zone,
    edition:
      settings.edition === 'auto' ? (editionOf(editionName ?? '') ?? 'free') : settings.edition,
    editionName,
    licences: licence?.users_license_purchased ?? 0,
    hasCurrencies: wire.mc_status === true,
  };
}

function noCurrency(): never {
  throw new AssayError(
    'ACCOUNT_UNUSABLE',
    'pause-connection',
    'The org does not name its home currency',
    'Set it in Zoho CRM (Setup, Company Details, Currencies), or as `currency` in the connection’s settings.',
  );
}

function checkZone(timeZone: string, now: number): void {
  try {
    localDay(now, timeZone);
  } catch (cause) {
    throw new AssayError(
      'ACCOUNT_UNUSABLE',
      'pause-connection',
      `The org’s time zone is not known here: ${quoted(timeZone, 100)}`,
      'Choose another time zone in Zoho CRM (Setup, Company Details), or update Node.',
      { cause },
    );
  }
}
