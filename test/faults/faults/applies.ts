import type { Effect } from './effects.ts';
import type { Called } from './tenant.ts';

/** What a batch may do is nothing for other calls; and nobody can tell that a read left out what is there. */
export function isOf({ effect }: Effect, { kind, endpoint }: Called): boolean {
  if (endpoint.startsWith('JOB ') !== jobEffects.has(effect['kind'])) return false;
  if (effect['kind'] === 'silent') return kind === 'write';
  return effect['kind'] !== 'partial' || kind === 'write' || endpoint.includes('batch');
}

/** A lie that repeats what was sent as if it were stored: only who reads everything again finds it out. */
export function isBelieved(effect: Effect['effect']): boolean {
  return effect['kind'] === 'silent' && effect['mode'] === 'echo';
}

/** A full window is waited for in the machine's own time. */
export function isWaitedFor(effect: Effect['effect']): boolean {
  return effect['kind'] === 'tooMany' || (effect['kind'] === 'reply' && effect['status'] === 429);
}

/** What becomes of Zoho's bulk jobs, and not of calls. */
const jobEffects: ReadonlySet<unknown> = new Set(['jobFailure', 'truncatedZip']);

/** Whatever a CRM counts as this endpoint. */
export function pathOf(endpoint: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = endpoint.split(' ');
  return { method, path: `^${path.replace(/\{[^}]*\}/g, '[^/]+')}$` };
}
