import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { RecordRef } from '../domain/population.ts';
import { namedRuleOf } from '../score/named.ts';
import type { Erasable, Erased } from '../store/erasure-store.ts';
import { type Cleared, clearRecord } from './clear-record.ts';
import type { RunContext } from './context.ts';
import { customerAmbiguous, customerUnknown } from './overrides.ts';
import { withLease } from './with-lease.ts';

export type EraseOptions = {
  /** Kept in the log; what names the customer is taken out of it. */
  readonly why: string;
  /** Make no call: what the CRM holds stays. */
  readonly local: boolean;
};

/** What one erasure did. */
export type EraseReport = {
  readonly connection: ConnectionId;
  readonly customer: RecordId;
  /** Was erased before: nothing was there. */
  readonly already: boolean;
  /** `left`: no call was made. */
  readonly fields: Cleared | 'left';
  readonly erased: Omit<Erased, 'partners'> | null;
  /** The same person's records in other connections, which stay. */
  readonly partners: readonly RecordRef[];
  /** Whether files were written anew; on a server that is its operator's. */
  readonly files: 'rewritten' | 'operator';
};

/**
 * Forgets one customer: first what the CRM holds of ours, then all that is stored. Twice is once.
 * @throws AssayError `CUSTOMER_UNKNOWN`, `CUSTOMER_AMBIGUOUS`, `ERASE_NAMED`, `ERASE_UNCLEARED`,
 * `LEASE_HELD`, and whatever a call throws.
 */
export async function eraseCustomer(
  ctx: RunContext,
  called: string,
  { why, local }: EraseOptions,
): Promise<EraseReport> {
  const { connection } = ctx;
  return await withLease(ctx, async (held) => {
    const { erasures } = held.store;
    const whom = onlyOne(await erasures.find(connection, called), called, connection);
    const head = { connection, customer: whom.id };
    const files = held.store.kind === 'folder' ? 'rewritten' : 'operator';
    if (whom.gone === 'erased') {
      const nothing = { fields: 'nothing', erased: null, partners: [] } as const;
      return { ...head, already: true, ...nothing, files };
    }
    refuseNamed(held, whom);
    const fields = local ? 'left' : await clearRecord(held, whom);
    const facts = { asked: 'person', why, fields };
    const { partners, ...erased } = await erasures.erase(connection, [whom.id], facts);
    await erasures.clean();
    await held.store.flush();
    held.log.info({ connection, fields, deals: erased.deals }, 'customer.erased');
    return { ...head, already: false, fields, erased, partners, files };
  });
}

function onlyOne(found: readonly Erasable[], called: string, connection: ConnectionId): Erasable {
  const [only, ...others] = found;
  if (only === undefined) throw customerUnknown(called, connection);
  if (others.length > 0) throw customerAmbiguous(called, found);
  return only;
}

/** What is acted by is not changed behind its author's back, and would bring the name back. */
function refuseNamed({ policy }: RunContext, whom: Erasable): void {
  if (namedRuleOf([whom], policy) === null) return;
  throw new AssayError(
    'ERASE_NAMED',
    'refuse-to-start',
    `The policy in force names record ${whom.id} by hand, under \`named\`; nobody was erased.`,
    'Take the entry out of config/policy.yaml, publish it if policies are published, then erase.',
  );
}
