import { type Kysely, sql } from 'kysely';
import type { Coverage } from '../domain/coverage.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/** What anybody has filled. Each question ends at the first row that answers it. */
export async function coverage(db: Kysely<Tables>, connection: ConnectionId): Promise<Coverage> {
  const live = sql`connection_id = ${connection} and gone is null`;
  const { rows } = await sql<Coverage>`select
    exists (select from customers where ${live} and referred_by is not null) as referrals,
    exists (select from customers where ${live}
      and (events_invited is not null or events_attended is not null)) as events,
    exists (select from deals where ${live} and due_on is not null)
      and exists (select from deals where ${live} and paid_on is not null) as dues,
    exists (select from customers where ${live} and feedback is not null) as feedback,
    exists (select from deals where ${live} and status = 'won'
      and discount_minor is not null) as discounts,
    exists (select from deals where ${live} and status = 'won' and products is not null) as products,
    exists (select from customers where ${live} and birthday is not null) as birthdays`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('A select without a table always has a row');
  return row;
}
