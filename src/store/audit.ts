import { loadChains, loadLatest, loadStored } from './audit-reading.ts';
import type { AuditStore } from './audit-store.ts';
import type { Database } from './database.ts';
import { verifyAudit } from './verify-audit.ts';

export function auditStore(database: Database): AuditStore {
  return {
    latest: async (select) => await database.query((db) => loadLatest(db, select)),
    chains: async () => await database.query(loadChains),
    stored: async (chain, select) => await database.query((db) => loadStored(db, chain, select)),
    verify: (check) => verifyAudit(database, check),
  };
}
