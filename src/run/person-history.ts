import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { decidedOf } from '../score/decided.ts';
import { historyOf } from '../score/history.ts';
import type { HistoryInput, ScoringWorld } from '../score/history-input.ts';
import { joinedHistory } from '../score/joined-history.ts';
import type { RunContext } from './context.ts';
import type { Person, PersonRecord } from './persons.ts';

/** What a history is made of besides the person's records. */
export type PersonWorld = ScoringWorld & {
  /** By connection, where it is not that of the world: a day is the account's own. */
  readonly timeZones: ReadonlyMap<ConnectionId, string>;
  readonly isDuplicate: (connection: ConnectionId, id: string) => boolean;
};

/** Makes histories of a connection's customers, joined or not. */
export function personHistory(
  { connection, population }: Pick<RunContext, 'connection' | 'population'>,
  world: PersonWorld,
): (person: Person, referrals: HistoryInput['referrals'], of?: ConnectionId) => CustomerHistory {
  const attributions = new Map(population.connections.map((one) => [one.id, one.attribution]));
  const fields = new Map(population.connections.map((one) => [one.id, one.overrides ?? {}]));
  const words = ({ connection: of, customer, overrides }: PersonRecord) => ({
    ...{ attributes: customer.attributes, overrides, fields: fields.get(of) ?? {} },
  });
  const member = (record: PersonRecord) => ({
    ...record,
    attribution: attributions.get(record.connection) ?? world.attribution,
    timeZone: world.timeZones.get(record.connection) ?? world.timeZone,
    isDuplicateCandidate: world.isDuplicate(record.connection, record.customer.id),
  });
  return (person, referrals, of = connection) => {
    const { customer, deals, records } = person;
    const alone = { ...person, connection: of };
    const all = records.length > 0 ? records : [alone];
    const decided = decidedOf(all.map(words), world.policy);
    if (records.length > 0)
      return joinedHistory({ ...world, referrals, decided }, customer.id, records.map(member));
    const { attribution, timeZone, isDuplicateCandidate } = member(alone);
    return historyOf({
      ...world,
      ...{ customer, deals, attribution, timeZone, isDuplicateCandidate, referrals, decided },
    });
  };
}
