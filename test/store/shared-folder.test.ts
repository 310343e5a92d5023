import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kill } from './child/run-child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const script = fileURLToPath(new URL('child/use-folder.ts', import.meta.url));

describe('a folder that several processes use', { timeout: 60_000 }, () => {
  let folder = '';
  let remove: () => Promise<void> = async () => undefined;
  const ended: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    const temporary = await temporaryFolder();
    folder = join(temporary.path, 'db');
    remove = temporary.remove;
  });
  afterEach(async () => {
    for (const end of ended.splice(0)) await end();
    await remove();
  });

  /** A process that has it open. */
  async function visitor() {
    const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    const alive = () => child.exitCode === null && child.signalCode === null;
    ended.push(async () => (alive() ? kill(child) : undefined));
    expect(await next()).toBe('open');
    return {
      next,
      ask: async (line: string) => {
        child.stdin.write(`${line}\n`);
        return await next();
      },
      close: async () => {
        child.stdin.write('close\n');
        await once(child, 'exit');
      },
      kill: async () => kill(child),
    };
  }

  it('is one database to all of them', async () => {
    const [first, second] = [await visitor(), await visitor()];
    await first.ask('note a');
    await second.ask('note b');
    const third = await visitor();
    await third.ask('note c');
    for (const one of [first, second, third]) expect(await one.ask('list')).toBe('a b c');
  });

  it('goes to another when the process that held it ends, and nobody notices', async () => {
    const [first, second, third] = [await visitor(), await visitor(), await visitor()];
    await first.ask('note a');
    await first.close();
    expect(await second.ask('note b')).toBe('noted');
    expect(await third.ask('list')).toBe('a b');
    await third.close();
    await second.close();
    const last = await visitor();
    expect(await last.ask('list')).toBe('a b');
  });

  it('goes to another when the process that held it is killed', async () => {
    const [first, second] = [await visitor(), await visitor()];
    await first.ask('note a');
    await first.kill();
    expect(await second.ask('list')).toBe('a');
    expect(await second.ask('note b')).toBe('noted');
  });

  it('is undone what a guest had open when it was killed, and nobody waits for it', async () => {
    const [first, second] = [await visitor(), await visitor()];
    await first.ask('note a');
    expect(await second.ask('begin b')).toBe('begun');
    await second.kill();
    expect(await first.ask('note c')).toBe('noted');
    expect(await first.ask('list')).toBe('a c');
  });

  it('tells whoever works by itself that a connection has work', async () => {
    const [first, second] = [await visitor(), await visitor()];
    expect(await second.ask('tell main')).toBe('told false');
    await first.ask('hear');
    expect(await second.ask('tell main')).toBe('told true');
    expect(await first.next()).toBe('heard main');
  });
});
