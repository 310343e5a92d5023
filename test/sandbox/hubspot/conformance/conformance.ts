import { Client } from '@hubspot/api-client';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type HubSpotSandboxOptions,
  startHubSpotSandbox,
} from '../../../../sandbox/hubspot/server.ts';
import { COVERED_APIS } from './coverage.ts';
import { recorded } from './recorded.ts';

/**
 * Starts a sandbox for one test file, and the official client against it, as it comes from npm: its
 * own transport and its own (de)serialisation, without its retries. The sandbox ends with the file.
 */
export async function startConformance(options: HubSpotSandboxOptions = {}) {
  const sandbox = await startHubSpotSandbox({ limits: 'off', ...options });
  afterAll(() => sandbox.close());
  const called = new Set<string>();
  const official = new Client({ basePath: sandbox.url, accessToken: sandbox.token });
  const client = recorded(official, (path) => called.add(path));
  return { sandbox, portal: sandbox.portal, client, called };
}

/** The last test of a file: that it called every method the table says it drives. */
export function provesItsClaims(file: string, called: ReadonlySet<string>): void {
  it('drives every method that the table of covered methods says it does', () => {
    const claims = Object.entries(COVERED_APIS)
      .filter(([, api]) => api.file === file)
      .flatMap(([path, { driven }]) => driven.map((method) => `${path}.${method}`));
    expect(claims.length).toBeGreaterThan(0);
    expect(claims.filter((claim) => !called.has(claim))).toEqual([]);
  });
}

const apiException = z.object({
  code: z.number(),
  body: z.unknown(),
  headers: z.record(z.string(), z.string()),
});

/** The `ApiException` with which the client answers a refused call. */
export async function refusal(call: Promise<unknown>): Promise<z.infer<typeof apiException>> {
  const answer = await call.then(
    (answered) => ({ answered }),
    (thrown: unknown) => thrown,
  );
  return apiException.parse(answer);
}
