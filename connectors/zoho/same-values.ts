import { fieldKinds } from '../../src/domain/field-kinds.ts';
import type { OwnFields } from './own-fields.ts';
import type { Row } from './rows.ts';
import type { WireRecord } from './wire.ts';

/** Digits that Zoho may leave a decimal field (facts §6): what it cuts is not another value. */
const decimals = 2;

/** Whether a record shows what the row says, in canonical text. */
export function sameValues(own: OwnFields, { change }: Row, record: WireRecord): boolean {
  const held = own.held(record);
  return change.fields.every(({ key, to }) => {
    const shown = held[key] ?? null;
    if (shown === to) return true;
    if (shown === null || to === null || fieldKinds[key] !== 'decimal') return false;
    return Math.abs(Number(shown) - Number(to)) <= 0.5 / 10 ** decimals;
  });
}
