import type { Connector } from '../../src/connector/connector.ts';
import { applyBatch } from './apply.ts';
import { BulkAccess } from './bulk-access.ts';
import { awaitLeftJobs } from './left-jobs.ts';
import { readHeld } from './read-held.ts';
import type { Session } from './session.ts';
import { writeRoute } from './write-route.ts';

/** The verbs that write records; what one of them learns of bulk write, the next one heeds. */
export function openWriter(
  session: Session,
): Pick<Connector, 'writeRoute' | 'applyBatch' | 'readHeld'> {
  const { settings, rates } = session;
  const access = new BulkAccess(() => {
    if (!settings.bulkWrite) return 'bulkWrite is switched off in the settings';
    return rates.edition === 'free' ? 'the free edition has no bulk API' : null;
  });
  return {
    writeRoute: (changes) => writeRoute(changes, access.closed, settings.bulkWriteCredits),
    applyBatch: async (changes, marker, signal) => {
      await awaitLeftJobs(session, signal);
      return await applyBatch(session, access, changes, marker, signal);
    },
    readHeld: async (ids, signal) => {
      await awaitLeftJobs(session, signal);
      return await readHeld(session, ids, signal);
    },
  };
}
