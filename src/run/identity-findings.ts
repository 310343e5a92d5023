import type { Account, Finding } from '../connector/account.ts';
import type { RunContext } from './context.ts';

/** Whether the accounts of an identity group can be added up; nothing for a connection in none. */
export async function identityFindings(
  { connection, population, store }: Pick<RunContext, 'connection' | 'population' | 'store'>,
  account: Account,
): Promise<readonly Finding[]> {
  const others = population.connections.map(({ id }) => id).filter((id) => id !== connection);
  if (others.length === 0) return [];
  const accounts = await store.identities.accounts(others);
  const differing = [...accounts].filter(([, { currency }]) => currency !== account.currency);
  const check = 'identity';
  if (differing.length > 0) {
    const told = differing.map(([id, { currency }]) => `${id} in ${currency}`).join(', ');
    const message = `This account counts in ${account.currency}, ${told}: joined customers cannot be scored.`;
    const todo =
      'Set "currency:" in the settings of one connection, so that all count in the same.';
    return [{ check, status: 'problem', message, todo }];
  }
  const unread = others.filter((id) => !accounts.has(id));
  if (unread.length > 0) {
    const message = `Joined with ${unread.join(', ')}, of which nothing is read yet.`;
    return [{ check, status: 'warning', message, todo: 'Run "assay pull" for them as well.' }];
  }
  return [
    {
      check,
      status: 'ok',
      message: `Joined with ${others.join(', ')}, all in ${account.currency}.`,
    },
  ];
}
