import type { Account } from '../../src/connector/account.ts';
import type { Session } from './session.ts';

/** The org as the port shows it. */
export async function account(session: Session, signal: AbortSignal): Promise<Account> {
  const { id, currency, timeZone, editionName, edition } = await session.org(signal);
  const { daily, remaining, budget } = session.creditShare;
  return {
    ...{ id, currency, timeZone },
    plan: editionName ?? edition,
    quota: {
      unit: 'credits',
      limit: daily,
      used: daily === null || remaining === null ? null : Math.max(0, daily - remaining),
      ours: { budget: budget.budget, used: budget.used },
    },
  };
}
