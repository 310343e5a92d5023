import type { Finding } from '../../src/connector/account.ts';
import { localDay } from '../../src/lib/local-day.ts';
import { countRows } from './coql.ts';
import { extraCredits } from './deal-extras.ts';
import { customerLookup } from './deal-mapping.ts';
import { ok, problem, warning } from './finding.ts';
import { partsPerCall } from './related.ts';
import type { Session } from './session.ts';
import { statusByValue } from './stages.ts';

/** Values that an `in` takes (facts §1). */
const mostValues = 100;

/** Stages that win, and whether won deals have what a score needs of them. */
export async function doctorDeals(
  session: Session,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const stages = await session.metadata.allStages(signal);
  const won = stages.filter(({ status }) => status === 'won');
  if (won.length === 0)
    return [
      problem(
        'stages',
        'no stage of a pipeline has the forecast type “Closed Won”, so no deal can be won',
        'Set the forecast type of the stage of won deals (Setup, Modules and Fields, Deals, Stage-Probability Mapping).',
      ),
    ];
  const names = won.map(({ pipeline, label }) => `${pipeline}: ${label}`).join('; ');
  const values = [...new Set(won.map(({ value }) => value))];
  return [
    ok('stages', `a deal counts as won in ${names}`),
    ...conflicts(stages),
    ...(await wonFindings(session, values.slice(0, mostValues), signal)),
  ];
}

type Known = Parameters<typeof statusByValue>[0];

/** A deal has one stage; pipelines that share it should agree what it means. */
function conflicts(stages: Known): readonly Finding[] {
  const taken = statusByValue(stages);
  const torn = stages.filter(({ value, status }) => taken.get(value) !== status);
  return torn.map(({ value, pipeline, status }) =>
    warning(
      'stages',
      `the stage “${value}” counts as ${taken.get(value)}, but as ${status} in ${pipeline}`,
      'Give it the same forecast type in all pipelines.',
    ),
  );
}

async function wonFindings(
  session: Session,
  values: readonly string[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const quoted = values.map(
    (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  );
  const isWon = `Stage in (${quoted.join(', ')})`;
  const count = async (where: string) => await countRows(session, 'Deals', where, signal);
  const all = await count(`(${isWon})`);
  return [
    await alone(session, isWon, all, count),
    ...extrasCost(session, all, extraCredits(session)),
    ...(await inFuture(session, isWon, count, signal)),
  ];
}

type Count = (where: string) => Promise<number>;

async function alone(session: Session, isWon: string, all: number, count: Count): Promise<Finding> {
  const lookup = customerLookup(session.subject);
  const without = await count(`(${isWon} and ${lookup} is null)`);
  if (without === 0) return ok('deals', `${all} won deals, each with a customer in ${lookup}`);
  return warning(
    'deals',
    `${without} of ${all} won deals have no ${lookup}: nobody gets their amounts`,
    session.subject === 'contact'
      ? `Fill ${lookup} in Zoho, set dealContacts to roles, or score companies.`
      : `Fill ${lookup} in Zoho, or score contacts.`,
  );
}

/** Roles and stage histories are asked deal by deal: a first load may outlast the credits of a day. */
function extrasCost({ creditShare }: Session, all: number, parts: number): readonly Finding[] {
  const { budget: share } = creditShare.budget;
  const credits = parts * all + Math.ceil((parts * all) / partsPerCall);
  if (share === null || credits <= share) return [];
  const days = Math.ceil(credits / share);
  return [
    warning(
      'credits',
      `contact roles and stage history of ${all} won deals cost about ${credits} credits to read, and our share of a day is ${share}: every full pull takes ${days} days`,
      'Name a date field in fields.deal.wonOn, set dealContacts to primary, or raise creditShare and reconcileDays.',
    ),
  ];
}

/** Zoho’s Closing_Date is the day a deal is expected to close: one to come was never put right. */
async function inFuture(
  { inputs, org, serverClock }: Session,
  isWon: string,
  count: Count,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { wonOn } = inputs.deal;
  if (wonOn === 'stage-history') return [];
  const { timeZone } = await org(signal);
  const today = localDay(serverClock.now(), timeZone);
  const future = await count(`(${isWon} and ${wonOn} > '${today}')`);
  if (future === 0) return [ok('won on', `no won deal has a day to come in ${wonOn}`)];
  return [
    warning(
      'won on',
      `${future} won deals have a day to come in ${wonOn}: it is when they were expected to close, not when they were won`,
      'Set fields.deal.wonOn to stage-history, or to a date field that somebody keeps.',
    ),
  ];
}
