import { AssayError } from '../domain/assay-error.ts';

/** Runs a call to the queue; whatever it throws is the queue's not being there. */
export async function reachingQueue<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof AssayError ? error : queueUnavailable(error);
  }
}

/** The driver's own text stays in `cause`: it may hold an address with its password. */
function queueUnavailable(cause: unknown): AssayError {
  return new AssayError(
    'QUEUE_UNAVAILABLE',
    'retry',
    `The work queue cannot be reached (${faultName(cause)}).`,
    'Check that its database or AWS answers and that the rights are there; what is to do stays in the store.',
    { cause },
  );
}

/** What may be logged of a driver's error. */
export function faultName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
