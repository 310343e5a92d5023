import { CallError } from '../../src/connector/http/call-error.ts';
import { quoted } from '../../src/connector/http/quoted.ts';
import type { BatchError } from './wire.ts';

/** Says of an input that there is nothing, which is an answer (BEHAVIOR 16). */
const nothing = 'OBJECT_NOT_FOUND';

/**
 * A read of many that gave only some of them: what is left out would be taken for gone.
 * @throws CallError `READ_PARTIAL` (retry) unless every complaint is that there is nothing.
 */
export function ensureWhole(call: string, errors: readonly BatchError[] = []): void {
  const error = errors.find(({ category }) => category !== nothing);
  if (error === undefined) return;
  const ids = quoted(Object.values(error.context).flat().slice(0, 5).join(', '), 100);
  const said = quoted(`${error.category || 'no category'}: ${error.message}`, 300);
  throw new CallError({
    code: 'READ_PARTIAL',
    disposition: 'retry',
    message: `HubSpot left records out of its answer to ${call} (${ids || 'no id given'}): ${said}`,
    todo: 'Nothing at first: the next run reads them again. If it lasts, open these records in HubSpot and ask its support with the message.',
  });
}
