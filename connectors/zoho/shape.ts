import { AssayError } from '../../src/domain/assay-error.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import { currencyFields, mappedOfDeals } from './deal-mapping.ts';
import type { FlatRecord } from './flat-record.ts';
import { mappedOfCustomers } from './mapping.ts';
import { moduleOf } from './pull-context.ts';
import type { Session } from './session.ts';

/** On every record, whatever is mapped. */
const times = ['Created_Time', 'Modified_Time'] as const;

/** Fields that inputs of one object are read from. */
export function mappedOf({ inputs, subject }: Session, object: PullObject): readonly string[] {
  return object === 'deals' ? mappedOfDeals(inputs, subject) : mappedOfCustomers(inputs);
}

/**
 * Fields to read of one object, beside the id: what is mapped, what is ours, the times. Asks the
 * module's metadata, once.
 * @throws AssayError `FIELD_HIDDEN` (pause the connection).
 */
export async function fieldsToRead(
  session: Session,
  object: PullObject,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const module = moduleOf(session, object);
  const fields = await session.metadata.fieldsOf(module, signal);
  const names = new Set(fields.map(({ api_name }) => api_name));
  const mapped = mappedOf(session, object);
  const hidden = mapped.filter((name) => !names.has(name));
  if (hidden.length > 0) throw fieldHidden(module, hidden);
  const more =
    object === 'deals'
      ? currencyFields.filter((name) => names.has(name))
      : (await session.own(signal)).names;
  return [...new Set([...times, ...mapped, ...more])];
}

/**
 * A field that was asked for and is missing from a record is hidden, not empty (facts §13, 26): taken
 * as empty, it would wipe what is stored.
 * @throws AssayError `FIELD_HIDDEN` (pause the connection).
 */
export function checkVisible(
  session: Session,
  object: PullObject,
  [first]: readonly FlatRecord[],
): void {
  if (first === undefined) return;
  const hidden = mappedOf(session, object).filter((name) => !(name in first.values));
  if (hidden.length > 0) throw fieldHidden(moduleOf(session, object), hidden);
}

function fieldHidden(module: string, fields: readonly string[]): AssayError {
  return new AssayError(
    'FIELD_HIDDEN',
    'pause-connection',
    `Mapped fields of ${module} cannot be seen: ${fields.join(', ')}`,
    'Let the profile of the token’s user see them (Setup, Security Control, Profiles), or correct their API names under `fields` in the connection’s settings; `null` switches an input off.',
  );
}
