import { AssayError } from '../domain/assay-error.ts';

/** What was typed cannot be carried out. */
export function usageInvalid(message: string, todo: string): AssayError {
  return new AssayError('USAGE_INVALID', 'refuse-to-start', message, todo);
}
