import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../app.ts';
import type { Config } from '../../config/config.ts';
import { loadPolicy } from '../../config/load-policy.ts';
import { secretsFrom } from '../../config/secrets.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { DemoPortal } from './demo-portal.ts';

/** Name of the demo's one connection. */
export const demoConnection = 'demo';

const project = join(import.meta.dirname, '../../..');
const tokenName = 'DEMO_TOKEN';

/** Assay itself on a folder that is gone afterwards, connected to the demo's portal. */
export async function withDemoApp<T>(
  portal: DemoPortal,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  work: (app: App) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'));
  try {
    const config = demoConfig(portal, join(folder, 'store'));
    const policy = loadPolicy(config.policyFile, process.cwd());
    const { openApp } = await import('../../app.ts');
    const app = await openApp({ config, policy, clock, log });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function demoConfig({ url, token }: DemoPortal, folder: string): Config {
  return {
    store: { kind: 'folder', folder },
    policyFile: join(project, 'config', 'policy.yaml'),
    secretKey: null,
    secrets: secretsFrom({ [tokenName]: token }),
    connections: [
      {
        id: demoConnection,
        crm: 'hubspot',
        subject: 'contact',
        attribution: 'split',
        language: 'en',
        settings: { token: tokenName, baseUrl: url },
      },
    ],
  };
}
