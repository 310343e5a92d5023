import type { Effect } from './effects.ts';
import type { Called } from './tenant.ts';

/** What a batch may do is nothing for other calls; and nobody can tell that a read left out what is there. */
export function isOf({ effect }: Effect, { kind, endpoint }: Called): boolean {
  if (endpoint.startsWith('JOB ') !== jobEffects.has(effect['kind'])) return false;
  if (effect['kind'] === 'silent') return kind === 'write';
  return effect['kind'] !== 'partial' || kind === 'write' || endpoint.includes('batch');
}

/** What becomes of Zoho's bulk jobs, and not of calls. */
const jobEffects: ReadonlySet<unknown> = new Set(['jobFailure', 'truncatedZip']);

/** Whatever a CRM counts as this endpoint. */
export function pathOf(endpoint: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = endpoint.split(' ');
  return { method, path: `^${path.replace(/\{[^}]*\}/g, '[^/]+')}$` };
}
