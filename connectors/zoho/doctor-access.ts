import type { Finding } from '../../src/connector/account.ts';
import { dataCentreOf } from './data-centres.ts';
import { concurrencyOf, editionOf } from './editions.ts';
import { ok, warning } from './finding.ts';
import type { Org } from './org.ts';
import type { Session } from './session.ts';

/** Whether a token is to be had, where it is good, and what the org lets us use. */
export async function doctorAccess(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const org = await session.org(signal);
  return [
    ok('token', `Zoho accepts it, org ${org.zgid}`),
    dataCentre(session),
    edition(session, org),
    credits(session),
    ...bulk(session, org),
    ok('currency', `home amounts are in ${org.currency}`),
    ok('time zone', org.timeZone),
  ];
}

function dataCentre({ addresses, settings }: Session): Finding {
  const host = addresses.of('api');
  const told = addresses.apiDomain;
  const centre = told === null ? null : dataCentreOf(told);
  if (centre !== null && centre !== settings.dataCentre)
    return warning(
      'data centre',
      `the token belongs to ${centre}, the settings say ${settings.dataCentre}; calls go to ${host}`,
      `Set dataCentre to ${centre}.`,
    );
  return ok('data centre', `${centre ?? settings.dataCentre}, ${settings.environment}: ${host}`);
}

function edition({ settings, rates }: Session, { edition: chosen, editionName }: Org): Finding {
  const atOnce = `${concurrencyOf(chosen)} calls at once of which we use ${rates.all.cap}, ${rates.complex.cap} of the 10 complex ones`;
  const said = editionName === null ? null : editionOf(editionName);
  if (settings.edition === 'auto' && said === null)
    return warning(
      'edition',
      `the org names its edition “${editionName ?? ''}”, which is none we know: taken for ${chosen}, ${atOnce}`,
      'Set edition in the connection’s settings.',
    );
  if (settings.edition !== 'auto' && said !== null && said !== settings.edition)
    return warning(
      'edition',
      `the settings say ${settings.edition}, the org says ${editionName}; ${atOnce}`,
      'Set edition to auto, or to what the org has.',
    );
  return ok('edition', `${editionName ?? chosen}, ${atOnce}`);
}

/** No source says which editions have the bulk APIs; where one refuses, we go on without (facts §14). */
function bulk({ settings }: Session, { edition: chosen }: Org): readonly Finding[] {
  if (chosen !== 'free' || !(settings.bulkRead || settings.bulkWrite)) return [];
  return [
    warning(
      'bulk',
      'the free edition may have no bulk API: reading and writing then go on without, at more credits',
      'Set bulkRead and bulkWrite to false if a run’s log says `bulk.refused`.',
    ),
  ];
}

function credits({ creditShare }: Session): Finding {
  const { daily, remaining, budget } = creditShare;
  const used = remaining === null || daily === null ? null : daily - remaining;
  const all =
    used === null
      ? `less than half of ${daily} used by all apps`
      : `${used} of ${daily} used by all apps`;
  const message = `${all} in 24 hours; our share ${budget.budget ?? 'not set'}, ${budget.used} used`;
  if (used === null || daily === null || used < daily * 0.9) return ok('credits', message);
  return warning(
    'credits',
    message,
    'Look which app uses the org’s credits; they come back 24 hours after use.',
  );
}

/** Names of the standard profile, which are in the org's language. */
const administrator = /admin|админ|管理|관리/i;

/** Zoho shows only what the token's user may see (facts §9): records and fields of others are missing. */
export async function doctorProfile(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { profile } = await session.user(signal);
  if (administrator.test(profile))
    return [ok('profile', `the token’s user has the profile ${profile}`)];
  return [
    warning(
      'profile',
      `the token’s user has the profile “${profile}”: what it may not see is missing, and counts as empty or deleted`,
      'Give the integration user the Administrator profile. A profile of your own that sees everything is fine too.',
    ),
  ];
}
