import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../app.ts';
import type { Config } from '../../config/config.ts';
import { loadPolicy } from '../../config/load-policy.ts';
import { secretsFrom } from '../../config/secrets.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { DemoCrm } from './demo-crm.ts';

const project = join(import.meta.dirname, '../../..');

/** Assay itself on a folder that is gone afterwards, with a connection to each of the demo's CRMs. */
export async function withDemoApp<T>(
  crms: readonly DemoCrm[],
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  work: (app: App) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'));
  try {
    const config = demoConfig(crms, join(folder, 'store'));
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

function demoConfig(crms: readonly DemoCrm[], folder: string): Config {
  return {
    store: { kind: 'folder', folder },
    policyFile: join(project, 'config', 'policy.yaml'),
    secretKey: null,
    secrets: secretsFrom(Object.assign({}, ...crms.map(({ secrets }) => secrets))),
    connections: crms.map(({ crm, settings }) => ({
      ...{ id: crm, crm, settings },
      ...{ subject: 'contact', attribution: 'split', language: 'en' },
    })),
  };
}
