import type {
  CredentialStore,
  FieldIdStore,
  QuotaLedger,
} from '../../../src/connector/connector.ts';
import type { BegunJobs } from '../../../src/domain/begun-jobs.ts';
import type { Secret } from '../../../src/lib/secret.ts';
import { memoryJobs } from '../../contract/stores-in-memory.ts';

/** What a connection's processes share, as the store would keep it; all of it in memory. */
export type MemoryStores = {
  readonly credentials: CredentialStore;
  readonly quota: QuotaLedger;
  readonly fieldIds: FieldIdStore;
  readonly jobs: BegunJobs;
  /** Tokens as they were saved, oldest first. */
  readonly saved: readonly string[];
  readonly ledger: Map<string, number>;
};

export function memoryStores(): MemoryStores {
  const ledger = new Map<string, number>();
  const saved: string[] = [];
  let [kept, ids]: [Secret | null, ReadonlyMap<string, string>] = [null, new Map()];
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...{ saved, ledger },
    credentials: {
      load: async () => kept,
      save: async (value) => {
        kept = value;
        saved.push(value.reveal());
      },
      exclusively: async (work) => {
        const mine = last.then(work, work);
        last = mine.catch(() => undefined);
        return await mine;
      },
    },
    quota: {
      usedSince: async (stretch) => {
        const counted = [...ledger].filter(([name]) => name >= stretch);
        return counted.reduce((sum, [, spent]) => sum + spent, 0);
      },
      add: async (stretch, spent) => {
        ledger.set(stretch, (ledger.get(stretch) ?? 0) + spent);
      },
    },
    jobs: memoryJobs(),
    fieldIds: {
      load: async () => ids,
      save: async (next) => {
        ids = next;
      },
    },
  };
}
