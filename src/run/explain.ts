import type { Customer } from '../domain/customer.ts';
import type { FieldValues } from '../domain/field.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import { explain } from '../score/explain.ts';
import type { Explanation } from '../score/explanation.ts';
import type { RunContext } from './context.ts';

/** One customer's score, said in full. */
export type Explained = {
  readonly customer: Customer;
  /** `null` before the customer was ever scored. */
  readonly score: Score | null;
  readonly explanation: Explanation | null;
  /** What the CRM holds of it. */
  readonly held: FieldValues;
  readonly language: Language;
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
  const { connection, store, policy } = ctx;
  const cuts = await store.scores.cutPoints(ctx.population.id);
  const found = await store.records.find(connection, text);
  return Promise.all(
    found.map(async ({ customer }) => {
      const score = await store.scores.byId(connection, customer.id);
      const explanation = score === null ? null : explain(score, policy, cuts, language);
      return { customer, score, explanation, held: customer.held, language };
    }),
  );
}
