import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { awaitRedirect } from '../../src/cli/connect/await-redirect.ts';
import { freePort } from './consenting.ts';

const state = 'a state that nobody guesses';

async function waiting(port: number, more: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const { signal = new AbortController().signal, timeoutMs = 10_000 } = more;
  const redirect = awaitRedirect({ port, state, timeoutMs, signal, ready: resolve }, async (one) =>
    one.code.reveal(),
  );
  redirect.catch(() => undefined);
  await Promise.race([ready, redirect.catch(() => undefined)]);
  return { redirect, to: (query: string) => fetch(`http://127.0.0.1:${port}/callback?${query}`) };
}

const stated = (more: Record<string, string>) => new URLSearchParams({ state, ...more }).toString();

it('takes the first who brings the state, and nobody after him', async () => {
  const port = await freePort();
  const { redirect, to } = await waiting(port);
  expect((await to('code=c')).status).toBe(400);
  expect((await to(stated({ code: 'the code' }))).status).toBe(200);
  expect(await redirect).toBe('the code');
  await expect(to(stated({ code: 'another' }))).rejects.toThrow();
});

it('shows what a page said without letting it write elsewhere on screen or page', async () => {
  const { redirect, to } = await waiting(await freePort());
  const page = await to(stated({ error: '<script>alert(1)</script>\u001b[2J\nnext line' }));
  expect(await page.text()).not.toMatch(/<script>|\p{Cc}(?!$)/u);
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  const error: unknown = await redirect.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CONSENT_REFUSED' });
  expect(String(error)).not.toMatch(/\p{Cc}/u);
});

it('ends when its time is over, when it is interrupted, and when its port is taken', async () => {
  const late = await waiting(await freePort(), { timeoutMs: 50 });
  await expect(late.redirect).rejects.toMatchObject({ code: 'CONSENT_TIMED_OUT' });
  const stop = new AbortController();
  const interrupted = await waiting(await freePort(), { signal: stop.signal });
  stop.abort(new Error('Ctrl-C'));
  await expect(interrupted.redirect).rejects.toThrow('Ctrl-C');
  const port = await freePort();
  const other = createServer();
  onTestFinished(() => void other.close());
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const taken = await waiting(port);
  await expect(taken.redirect).rejects.toMatchObject({ code: 'CALLBACK_PORT_TAKEN' });
});
