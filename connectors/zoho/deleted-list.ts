import { AssayError } from '../../src/domain/assay-error.ts';
import type { KnownList } from '../../src/domain/list.ts';

/** A list whose members are asked for, and that somebody deleted. */
export function deletedList({ name, crmId }: KnownList): AssayError {
  return new AssayError(
    'LIST_DELETED',
    'reject',
    `Somebody deleted “${name}” (${crmId}) in Zoho`,
    'Take the list out of the policy, or run `assay provision --rebuild-lists`.',
  );
}
