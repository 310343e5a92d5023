import { ZohoRefusal } from './errors.ts';

/** A refusal for the id it was asked about; any other says nothing of what is there (facts §8). */
export function saysGone(error: unknown): boolean {
  return (
    error instanceof ZohoRefusal && (error.zohoCode === 'INVALID_DATA' || error.status === 404)
  );
}
