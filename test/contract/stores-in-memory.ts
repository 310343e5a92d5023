import type {
  CredentialStore,
  FieldIdStore,
  QuotaLedger,
  StoredLinks,
} from '../../src/connector/connector.ts';
import type { BegunJob, BegunJobs } from '../../src/domain/begun-jobs.ts';
import type { Secret } from '../../src/lib/secret.ts';

/** What the store keeps for a connector, in memory: of as many opened connectors as share it. */

export function memoryCredentials(first: Secret | null = null): CredentialStore {
  let kept = first;
  let last: Promise<unknown> = Promise.resolve();
  return {
    load: async () => kept,
    save: async (value) => {
      kept = value;
    },
    exclusively: async (work) => {
      const running = last.then(work);
      last = running.catch(() => undefined);
      return await running;
    },
  };
}

type MemoryLedger = QuotaLedger & { readonly kept: Map<string, number> };

export function memoryLedger(before: Readonly<Record<string, number>> = {}): MemoryLedger {
  const kept = new Map(Object.entries(before));
  return {
    kept,
    usedSince: async (stretch) =>
      [...kept].reduce((sum, [name, spent]) => (name >= stretch ? sum + spent : sum), 0),
    add: async (stretch, spent) => {
      kept.set(stretch, (kept.get(stretch) ?? 0) + spent);
    },
  };
}

export function memoryFieldIds(): FieldIdStore {
  let kept: ReadonlyMap<string, string> = new Map();
  return {
    load: async () => kept,
    save: async (ids) => {
      kept = new Map(ids);
    },
  };
}

/** A store that holds no record yet. */
export function memoryJobs(): BegunJobs {
  const jobs = new Map<string, BegunJob>();
  return {
    load: async () => [...jobs.values()],
    note: async (job) => void jobs.set(job.key, job),
    forget: async (key) => void jobs.delete(key),
  };
}

export const nothingStored: StoredLinks = { dealsOf: async () => [] };
