import { createServer } from 'node:net';
import type { Workplace } from './run-assay.ts';

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was bound');
  return address.port;
}

type Running = ReturnType<Workplace['start']>;

/** The consent page's address, as soon as `assay connect` has printed it. */
export async function printedPage({ stdout, stderr, ended }: Running): Promise<string> {
  let isOver = false;
  ended.finally(() => {
    isOver = true;
  });
  for (;;) {
    const [page] = /^https?:\/\/\S+\/oauth\/\S+$/m.exec(stdout() + stderr()) ?? [];
    if (page !== undefined) return page;
    if (isOver) throw new Error(`No page was printed: ${stdout()}${stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Presses a button of the page as a browser does, and follows it to the end. */
export async function press(
  page: string,
  button: 'Connect app' | 'Cancel',
): Promise<{ readonly address: URL; readonly status: number; readonly text: string }> {
  const html = await (await fetch(page)).text();
  const [, link] = new RegExp(`<a href="([^"]+)">${button}</a>`).exec(html) ?? [];
  if (link === undefined) throw new Error(`The page has no button: ${html}`);
  const href = link.replace(/&#(\d+);/g, (_, sign) => String.fromCharCode(Number(sign)));
  const sent = await fetch(new URL(href, page), { redirect: 'manual' });
  const address = new URL(sent.headers.get('location') ?? '');
  const answer = await fetch(address).catch(() => null);
  return { address, status: answer?.status ?? 0, text: (await answer?.text()) ?? '' };
}
