import type { Writable } from 'node:stream';

/**
 * Whoever read us has enough, as `assay plans | head` has: what is left to say is said to nobody, and
 * what is being done is carried on, for a run must not end half-way because of it.
 */
export function outliveReader(streams: readonly Writable[]): void {
  for (const stream of streams)
    stream.on('error', (error) => {
      if (!('code' in error && error.code === 'EPIPE')) throw error;
    });
}
