import type { Change } from '../../src/domain/change.ts';
import { diagnose } from './field-fault.ts';
import type { Session } from './session.ts';

/**
 * Whether our fields can take the changes, before anything is sent: Zoho leaves out a field it does
 * not know and says SUCCESS. Asks anew only when something is wrong, or `fresh`.
 * @throws AssayError `FIELD_MISSING`, `FIELD_RETYPED` or `FIELD_OPTION_MISSING` (pause): it
 * concerns everybody.
 */
export async function checkFields(
  session: Session,
  changes: readonly Change[],
  signal: AbortSignal,
  fresh: boolean,
): Promise<void> {
  if (!fresh && (await faultIn(session, changes, signal)) === null) return;
  session.metadata.forget(session.module);
  const fault = await faultIn(session, changes, signal);
  if (fault !== null) throw fault;
}

async function faultIn(session: Session, changes: readonly Change[], signal: AbortSignal) {
  const own = await session.own(signal);
  const definitions = await session.metadata.fieldsOf(session.module, signal);
  const byName = new Map(definitions.map((each) => [each.api_name, each]));
  for (const change of changes) {
    const fault = diagnose(own, change, byName);
    if (fault !== null) return fault;
  }
  return null;
}
