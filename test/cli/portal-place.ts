import { expect } from 'vitest';
import { type GenerateOptions, generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig } from './run-assay.ts';

type Options = Omit<GenerateOptions, 'seed'> & {
  /** More of the connection's YAML. */
  readonly more?: string;
  /** More of what each command finds in its environment. */
  readonly variables?: (folder: string) => Record<string, string>;
};

export type PortalPlace = Awaited<ReturnType<typeof openPortalPlace>>;

/** An operator's folder with one connection, `main`, to a portal that was last touched two hours ago. */
export async function openPortalPlace({ more = '', variables, ...size }: Options) {
  const place = openWorkplace();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ ...size, seed: 7 });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  const sandbox = await startHubSpotSandbox({ portal });
  place.writeConfig(sandboxConfig(sandbox.url, more));
  const environment = { HUBSPOT_TOKEN: sandbox.token, ...variables?.(place.folder) };
  const assay = (...args: readonly string[]) => place.assay(args, environment);
  return {
    ...{ place, portal, world, sandbox, environment, assay },
    /** With `--json`: the one document that is printed. */
    assayJson: async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await assay(...args, '--json');
      expect(stdout.trimEnd().split('\n'), stderr).toHaveLength(1);
      return { code, stderr, document: JSON.parse(stdout) };
    },
    close: async () => {
      await sandbox.close();
      place.remove();
    },
  };
}

/** What a person types into the `at`th contact. */
export async function typeInto(
  { sandbox: { url, token, portal } }: Pick<PortalPlace, 'sandbox'>,
  at: number,
  properties: Readonly<Record<string, string>>,
): Promise<string> {
  const { contacts } = portal.objects;
  const { id } = contacts.at([...contacts.slotsFrom(0)][at] ?? 0);
  const answer = await fetch(`${url}/crm/v3/objects/contacts/${id}`, {
    ...{ method: 'PATCH', body: JSON.stringify({ properties }) },
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  return String(id);
}
