import type { Connector } from '../../src/connector/connector.ts';
import { applyBatch } from './apply.ts';
import { BulkAccess } from './bulk-access.ts';
import { readHeld } from './read-held.ts';
import type { Session } from './session.ts';
import { writeRoute } from './write-route.ts';

/** The verbs that write records; what one of them learns of bulk write, the next one heeds. */
export function openWriter(
  session: Session,
): Pick<Connector, 'writeRoute' | 'applyBatch' | 'readHeld'> {
  const access = new BulkAccess();
  const off = session.settings.bulkWrite ? null : 'bulkWrite is switched off in the settings';
  return {
    writeRoute: (changes) => writeRoute(changes, off ?? access.closed),
    applyBatch: async (changes, marker, signal) =>
      await applyBatch(session, access, changes, marker, signal),
    readHeld: async (ids, signal) => await readHeld(session, ids, signal),
  };
}
