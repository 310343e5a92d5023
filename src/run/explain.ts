import type { Customer } from '../domain/customer.ts';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import { countedOrders } from '../score/counted-orders.ts';
import { explain } from '../score/explain.ts';
import type { Explanation } from '../score/explanation.ts';
import type { RunContext } from './context.ts';
import { type PersonRecord, withPartners } from './persons.ts';

/** One customer's score, said in full. */
export type Explained = {
  readonly customer: Customer;
  /** `null` before the customer was ever scored. */
  readonly score: Score | null;
  readonly explanation: Explanation | null;
  /** What the CRM holds of it. */
  readonly held: FieldValues;
  readonly language: Language;
  /** All records of a joined customer, in the order of trust; empty for whoever is not joined. */
  readonly records: readonly ExplainedRecord[];
};

/** What one CRM knows of a joined customer. */
export type ExplainedRecord = {
  readonly connection: ConnectionId;
  readonly id: RecordId;
  readonly name: string | null;
  readonly email: string | null;
  /** Won deals. */
  readonly deals: readonly ExplainedDeal[];
};

export type ExplainedDeal = {
  readonly id: RecordId;
  readonly reference: string | null;
  readonly closedOn: string | null;
  readonly minor: number | null;
  readonly currency: string | null;
  /** `elsewhere`: an earlier record's deal of that reference counts in its place. */
  readonly use: 'counted' | 'elsewhere';
};

/**
 * Everybody with that record id, external id or e-mail, in the connection's language unless another
 * is asked for; from the store, no call is made.
 */
export async function explainCustomer(
  ctx: RunContext,
  text: string,
  language: Language = ctx.language,
): Promise<readonly Explained[]> {
  const { connection, population, store, policy } = ctx;
  const cuts = await store.scores.cutPoints(population.id);
  const found = await store.records.find(connection, text);
  const source = { store, together: population.connections.map(({ id }) => id) };
  const persons = await withPartners(source, connection, found);
  return Promise.all(
    persons.map(async ({ customer, records }) => {
      const score = await store.scores.byId(connection, customer.id);
      const explanation = score === null ? null : explain(score, policy, cuts, language);
      const known = { customer, score, explanation, held: customer.held };
      return { ...known, language, records: explainedRecords(records) };
    }),
  );
}

function explainedRecords(records: readonly PersonRecord[]): readonly ExplainedRecord[] {
  const { counted } = countedOrders(records.map(({ deals }) => deals));
  return records.map(({ connection, customer, deals }, at) => {
    const used = new Set(counted[at]);
    return {
      connection,
      ...{ id: customer.id, name: customer.name, email: customer.email },
      deals: deals
        .filter(({ status }) => status === 'won')
        .map((deal) => ({
          ...{ id: deal.id, reference: deal.reference, closedOn: deal.closedOn },
          ...{ minor: deal.homeAmount?.minor ?? null, currency: deal.homeAmount?.currency ?? null },
          use: used.has(deal) ? 'counted' : 'elsewhere',
        })),
    };
  });
}
