import express from 'express';
import { z } from 'zod';
import { associationsRouter } from '../../../sandbox/hubspot/associations-router.ts';
import { renderErrors } from '../../../sandbox/hubspot/errors.ts';
import { objectsRouter } from '../../../sandbox/hubspot/objects-router.ts';
import { Portal, type PortalOptions } from '../../../sandbox/hubspot/portal.ts';
import { stripVersion } from '../../../sandbox/hubspot/versions.ts';

/** 2026-01-01T00:00:00Z: where the test clock starts. */
export const START = Date.UTC(2026, 0, 1);

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A portal behind real HTTP, with neither tokens nor limits, and a clock that a test turns. */
export async function startBarePortal(options: Partial<PortalOptions> = {}) {
  let now = START;
  const portal = new Portal({ clock: () => now, ...options });
  const app = express()
    .use(express.json({ limit: '5mb' }))
    .use(stripVersion)
    .use((_req, res, next) => {
      res.locals['appId'] = '77';
      next();
    })
    .use('/crm/objects', objectsRouter(portal))
    .use('/crm/associations', associationsRouter(portal))
    .use(renderErrors);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...sent });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  return {
    portal,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown = {}) => call('POST', path, body),
    patch: (path: string, body: unknown) => call('PATCH', path, body),
    put: (path: string, body?: unknown) => call('PUT', path, body),
    delete: (path: string) => call('DELETE', path),
    advance: (ms: number) => {
      now += ms;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
export type BarePortal = Awaited<ReturnType<typeof startBarePortal>>;

const withId = z.object({ id: z.string() });

/** The id of the record in an answer. */
export function idIn({ body }: Answer): string {
  return withId.parse(body).id;
}

/** The ids of the records in an answer, in its order. */
export function idsIn({ body }: Answer): readonly string[] {
  return z
    .object({ results: z.array(withId) })
    .parse(body)
    .results.map(({ id }) => id);
}

/** The cursor to the next page, if the answer has one. */
export function cursorIn({ body }: Answer): string | undefined {
  const paging = z.object({ next: z.object({ after: z.string() }) }).optional();
  return z.object({ paging }).parse(body).paging?.next.after;
}

/** Loads contacts with these e-mail addresses' local parts; returns their ids as text. */
export function loadContacts(portal: Portal, names: readonly string[]): readonly string[] {
  return names.map((name) =>
    String(
      portal.objects.contacts.load({
        createdAt: START,
        updatedAt: START,
        properties: { email: `${name}@example.com`, firstname: name },
      }),
    ),
  );
}

/** Loads deals with these properties; returns their ids as text. */
export function loadDeals(
  portal: Portal,
  deals: readonly Readonly<Record<string, string>>[],
): readonly string[] {
  return deals.map((properties) =>
    String(portal.objects.deals.load({ createdAt: START, updatedAt: START, properties })),
  );
}
