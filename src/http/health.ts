import type { RequestHandler } from 'express';
import type { HttpInput } from './http-input.ts';
import { notReady, refuse } from './refusal.ts';

/** An answer that takes longer is none. */
const answerMs = 2_000;

/** `GET /healthz`: this process lives. Nothing is asked, so that a slow database restarts nobody. */
export const healthz: RequestHandler = (_req, res) => {
  res.json({ status: 'alive' });
};

/** `GET /readyz`: the store and the queue answer. */
export function readyz({ store, queue, log }: HttpInput): RequestHandler {
  const checks = {
    store: async () => await store.connections.bindings(),
    queue: async () => await queue.depth(),
  };
  return async (_req, res) => {
    const asked = Object.entries(checks).map(async ([part, ask]) => {
      const fault = await faultOf(ask);
      if (fault !== null) log.warn({ part, ...fault }, 'http.not-ready');
      return fault === null ? [] : [part];
    });
    const silent = (await Promise.all(asked)).flat();
    if (silent.length === 0) return void res.json({ status: 'ready' });
    refuse(res, { ...notReady, message: `No answer from: ${silent.join(', ')}.` });
  };
}

async function faultOf(ask: () => Promise<unknown>): Promise<{ readonly code: string } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ code: string }>((resolve) => {
    timer = setTimeout(resolve, answerMs, { code: 'late' });
  });
  try {
    return await Promise.race([ask().then(() => null), late]);
  } catch (error) {
    return { code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** An error's code; its text may say more than a log should. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}
