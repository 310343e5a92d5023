import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sandboxConfig } from '../cli/run-assay.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { copiedFiles, layImage, productionPackages, root } from './image.ts';

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
const compose = parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), {
  merge: true,
  customTags: [{ tag: '!reset', collection: 'seq' }],
});

describe('the image', () => {
  it('is of files that are there, and of no others', () => {
    const files = copiedFiles();
    expect(files).toContain('src');
    for (const file of files) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(ignored, file).toContain(`!${file}`);
    }
    expect(ignored.filter((line) => line.startsWith('!'))).toHaveLength(new Set(files).size);
    expect(ignored).toContain('*');
  });

  it('has Node 24, no rights, no packages to develop with, and is asked how it does', () => {
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual([
      'node:24-slim',
      'node:24-slim',
    ]);
    expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM'));
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('ENTRYPOINT'));
    expect(last).toMatch(/^HEALTHCHECK .*\\\n {2}CMD .*\/healthz/m);
    expect(last).toMatch(/^CMD \["serve", "--host", "0\.0\.0\.0"\]$/m);
    expect(productionPackages()).not.toContain('vitest');
  });

  it('starts Assay with the flags that the script and the unit start it with', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const unit = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
    const flags = /^node ((?:--\S+ )+)src/.exec(scripts.assay)?.[1]?.trim().split(' ') ?? [];
    expect(flags).toHaveLength(2);
    expect(scripts.demo).toContain(`node ${flags.join(' ')} src/`);
    expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '')).toEqual([
      ...['node', ...flags, 'src/cli/main.ts'],
    ]);
    expect(unit).toContain(`ExecStart=/usr/bin/node ${flags.join(' ')} src/`);
  });

  describe('in a folder as it is laid', { timeout: 120_000 }, () => {
    let folder = '';
    let remove = async (): Promise<void> => undefined;
    beforeAll(async () => {
      ({ path: folder, remove } = await temporaryFolder());
      layImage(folder);
      writeFileSync(join(folder, 'config/assay.yaml'), sandboxConfig('http://127.0.0.1:9'));
    });
    afterAll(() => remove());

    function start(...args: readonly string[]) {
      const env = { PATH: '', ASSAY_HOME: join(folder, 'data'), HUBSPOT_TOKEN: 'none' };
      return spawn(process.execPath, ['src/cli/main.ts', ...args], { cwd: folder, env });
    }

    it('serves, tells that it lives, and leaves when told', async () => {
      const serving = start('serve', '--port', '0', '--json');
      serving.stdout.setEncoding('utf8');
      const [line] = await once(serving.stdout, 'data');
      const { url } = JSON.parse(line);
      const answer = await fetch(`${url}/healthz`);
      expect(await answer.json()).toEqual({ status: 'alive' });
      const ended = once(serving, 'exit');
      serving.kill('SIGTERM');
      expect((await ended)[0]).not.toBeNull();
    });

    it('knows its commands', async () => {
      for (const command of ['worker', 'provision', 'sandbox']) {
        const [code] = await once(start(command, '--help'), 'exit');
        expect(code, command).toBe(0);
      }
    });
  });

  it('imports only packages that npm ci --omit=dev leaves', () => {
    const sources = globSync('{src,connectors,sandbox}/**/*.ts', { cwd: root });
    const kept = new Set(productionPackages());
    const missing = sources.flatMap((file) =>
      packagesOf(readFileSync(join(root, file), 'utf8'))
        .filter((name) => !kept.has(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(sources.length).toBeGreaterThan(500);
    expect(missing).toEqual([]);
  });
});

/** Named by imports that are left when types are taken away. */
function packagesOf(text: string): readonly string[] {
  const imports = text.matchAll(
    /^(?:import|export) (?!type\b)[^;]*?from '((?:@[^/']+\/)?[^./'][^/']*)/gm,
  );
  return [...imports].flatMap(([, name = '']) => (name.startsWith('node:') ? [] : [name]));
}

describe('compose.yaml', () => {
  const { postgres, assay, worker } = compose.services;

  it('keeps the database in a volume, and starts Assay once it answers', () => {
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(compose.volumes).toHaveProperty('postgres');
    expect(postgres.healthcheck.test).toContain('pg_isready');
    expect(assay.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('has its secrets from .env, and gives Assay more time to leave than it takes', () => {
    expect(assay.env_file).toBe('.env');
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    expect(Number.parseInt(assay.stop_grace_period, 10)).toBeGreaterThan(20);
  });

  it('is called from this machine alone, may write nowhere, and may be many', () => {
    expect(assay).toMatchObject({ ports: ['127.0.0.1:8080:8080'], read_only: true });
    expect(assay).toMatchObject({ cap_drop: ['ALL'], volumes: ['./config:/app/config:ro'] });
    expect(worker).toMatchObject({ read_only: true, profiles: ['workers'], ports: [] });
    expect(worker.command).toEqual(['worker', '--port', '8080', '--host', '0.0.0.0']);
  });
});
