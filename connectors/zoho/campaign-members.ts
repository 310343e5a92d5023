import { AssayError } from '../../src/domain/assay-error.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../../src/domain/list.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { changeMembers, membersPerCall } from './campaign-calls.ts';
import { listDeleted, receipt, refusedReceipt, type Step, stepsOf } from './membership-receipts.ts';
import type { Session } from './session.ts';

type Read = (list: KnownList, signal: AbortSignal) => AsyncIterable<readonly RecordId[]>;

/**
 * Who is in which campaign. The answer of a link does not say whether it was there before, so the
 * members are read once, and kept along with what we change.
 */
export class CampaignMembers {
  readonly #session: Session;
  readonly #read: Read;
  readonly #known = new Map<string, Set<RecordId>>();

  constructor(session: Session, read: Read) {
    this.#session = session;
    this.#read = read;
  }

  /** Reads them anew. */
  async load(list: KnownList, signal: AbortSignal): Promise<ReadonlySet<RecordId>> {
    const members = new Set<RecordId>();
    for await (const page of this.#read(list, signal)) for (const id of page) members.add(id);
    this.#known.set(list.crmId, members);
    return members;
  }

  async apply(
    list: KnownList,
    add: readonly RecordId[],
    remove: readonly RecordId[],
    signal: AbortSignal,
  ): Promise<readonly MembershipReceipt[]> {
    const steps = stepsOf(add, remove);
    try {
      const members = this.#known.get(list.crmId) ?? (await this.load(list, signal));
      const isOpen = ({ customerId, action }: Step) =>
        members.has(customerId) !== (action === 'add');
      const done = await this.#change(list, steps.filter(isOpen), signal);
      return steps.map((step) => done.get(step) ?? receipt(list, step, 'unchanged'));
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== 'LIST_DELETED') throw error;
      return steps.map((step) => listDeleted(list, step));
    }
  }

  async #change(
    list: KnownList,
    steps: readonly Step[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Step, MembershipReceipt>> {
    const done = new Map<Step, MembershipReceipt>();
    for (const action of ['add', 'remove'] as const) {
      const some = steps.filter((step) => step.action === action);
      for (const batch of chunk(some, membersPerCall)) {
        const ids = batch.map(({ customerId }) => customerId);
        const answers = await changeMembers(this.#session, list.crmId, action, ids, signal);
        for (const [at, step] of batch.entries()) {
          const answer = answers[at] ?? null;
          const isDone = answer?.code === 'SUCCESS';
          if (isDone) this.#note(list, step);
          const result = isDone
            ? receipt(list, step, 'applied')
            : refusedReceipt(list, step, answer);
          done.set(step, result);
        }
      }
    }
    return done;
  }

  #note({ crmId }: KnownList, { customerId, action }: Step): void {
    if (action === 'add') this.#known.get(crmId)?.add(customerId);
    else this.#known.get(crmId)?.delete(customerId);
  }
}
