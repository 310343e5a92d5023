import { AssayError } from '../domain/assay-error.ts';
import type { OverrideFamily } from '../domain/override.ts';
import type { LocalDay } from '../domain/time.ts';
import { localDay } from '../lib/local-day.ts';
import type { NamedCustomer, OverridesSet } from '../store/override-store.ts';
import type { RunContext } from './context.ts';
import { checkOverride, type WantedOverride } from './wanted-override.ts';

type Ground = Pick<RunContext, 'connection' | 'store' | 'policy' | 'actor' | 'clock'>;

/** What was decided of one customer. */
export type SetReport = {
  readonly customer: NamedCustomer;
  readonly family: OverrideFamily;
  readonly class: string;
  readonly until: LocalDay | null;
  readonly why: string;
  readonly by: string;
  readonly effect: OverridesSet;
};

/**
 * Moves a customer into a class or tier until a day, in place of what was decided before.
 * @throws AssayError `CUSTOMER_UNKNOWN`, `CUSTOMER_AMBIGUOUS`, `OVERRIDE_INVALID`.
 */
export async function setOverride(
  ctx: Ground,
  called: string,
  wanted: WantedOverride,
): Promise<SetReport> {
  const checked = checkOverride(wanted, ctx.policy);
  if (checked.status === 'bad') throw overrideInvalid(checked.problems);
  const { override } = checked;
  if (override.until !== null && override.until < (await today(ctx)))
    throw overrideInvalid([`its last day ${override.until} is over`]);
  const customer = await onlyCustomer(ctx, called);
  const row = { ...override, customer: customer.id, source: 'cli' as const };
  const effect = await ctx.store.overrides.set(ctx.connection, [row], wordOf(ctx));
  return { customer, ...override, effect };
}

/** @throws AssayError `CUSTOMER_UNKNOWN`, `CUSTOMER_AMBIGUOUS`, `OVERRIDE_UNKNOWN`. */
export async function clearOverride(
  ctx: Ground,
  called: string,
  { family, why }: { readonly family: OverrideFamily; readonly why: string },
): Promise<Pick<SetReport, 'customer' | 'family' | 'effect'>> {
  const customer = await onlyCustomer(ctx, called);
  const what = { customer: customer.id, family, why };
  const effect = await ctx.store.overrides.clear(ctx.connection, what, wordOf(ctx));
  if (effect.set === 0) throw overrideUnknown(called, family);
  return { customer, family, effect };
}

/** Who acts, and when. */
export function wordOf({ actor, clock }: Pick<Ground, 'actor' | 'clock'>) {
  return { actor: actor.name, at: new Date(clock.now()).toISOString() };
}

/** In the account's time zone as it was seen last; before the first run in UTC. */
export async function today({ connection, store, clock }: Omit<Ground, 'actor' | 'policy'>) {
  const accounts = await store.identities.accounts([connection]);
  return localDay(clock.now(), accounts.get(connection)?.timeZone ?? 'UTC');
}

async function onlyCustomer({ connection, store }: Ground, called: string): Promise<NamedCustomer> {
  const found = await store.overrides.named(connection, [called]);
  const [only, ...others] = found;
  if (only === undefined) throw customerUnknown(called, connection);
  if (others.length > 0) throw customerAmbiguous(called, found);
  return only;
}

/** Nobody of the connection is called so. */
export function customerUnknown(called: string, connection: string): AssayError {
  return new AssayError(
    'CUSTOMER_UNKNOWN',
    'refuse-to-start',
    `Connection "${connection}" knows no customer "${called}" by record id, customer number or e-mail.`,
    'Look for a typing mistake; a customer made since the last run is known after `assay pull`.',
  );
}

/** Several of the connection are called so. */
export function customerAmbiguous(
  called: string,
  found: readonly Omit<NamedCustomer, 'called'>[],
): AssayError {
  const shown = found.slice(0, 10).map(customerText).join('; ');
  const more = found.length > 10 ? `, and ${found.length - 10} more` : '';
  return new AssayError(
    'CUSTOMER_AMBIGUOUS',
    'refuse-to-start',
    `"${called}" is said of ${found.length} customers: ${shown}${more}.`,
    'Name one of them by its record id.',
  );
}

/** `17850 (K-1001, Ann Lee)`. */
export function customerText({ id, externalId, name }: Omit<NamedCustomer, 'called'>): string {
  const known = [externalId, name].filter((text) => text !== null && text !== '').join(', ');
  return known === '' ? id : `${id} (${known})`;
}

function overrideInvalid(problems: readonly string[]): AssayError {
  return new AssayError(
    'OVERRIDE_INVALID',
    'refuse-to-start',
    `Cannot be decided so: ${problems.join('; ')}.`,
    'Write `assay override set <customer> <family>=<class> --why <text>` with a class of the policy; nothing was changed.',
  );
}

function overrideUnknown(called: string, family: OverrideFamily): AssayError {
  return new AssayError(
    'OVERRIDE_UNKNOWN',
    'refuse-to-start',
    `Nothing was decided by hand of "${called}" in ${family}.`,
    '`assay override list` shows what was. A class that stands in the CRM is cleared in its field there, one of `named` in the policy.',
  );
}
