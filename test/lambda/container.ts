import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bundle, type FunctionName, root } from './bundle.ts';

const outcome = z.union([
  z.object({ answer: z.unknown() }),
  z.object({ error: z.object({ code: z.unknown(), text: z.string() }) }),
]);

/** A function as Lambda runs it: its bundle in Node, in a folder that holds what the package does. */
export type Container = {
  /** @throws Error with what the function threw. */
  readonly invoke: (event: unknown, remainingMs?: number) => Promise<unknown>;
  /** As between two events; the next one thaws it. */
  readonly freeze: () => void;
  /** What it wrote to its log. */
  readonly logged: () => string;
  readonly stop: () => Promise<void>;
};

/** `/var/task`, and beside it of all packages the SDK alone. */
export async function layTask(folder: string, config: string): Promise<void> {
  await mkdir(join(folder, 'config'), { recursive: true });
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await writeFile(join(folder, 'config/assay.yaml'), config);
  await symlink(join(root, 'config/policy.yaml'), join(folder, 'config/policy.yaml'));
  await symlink(join(root, 'node_modules/@aws-sdk'), join(folder, 'node_modules/@aws-sdk'));
}

export async function startContainer(
  name: FunctionName,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Container> {
  const { file } = await bundle(name, folder);
  const driver = join(import.meta.dirname, 'child/container.ts');
  const child = fork(driver, [file], { cwd: folder, env: { ...variables }, silent: true });
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  return {
    invoke: async (event, remainingMs = 900_000) => {
      const said = once(child, 'message');
      child.send({ event, remainingMs });
      child.kill('SIGCONT');
      const [message] = await said;
      const read = outcome.parse(message);
      if ('error' in read) throw new Error(`${String(read.error.code)} ${read.error.text}`);
      return read.answer;
    },
    freeze: () => void child.kill('SIGSTOP'),
    logged: () => lines.join(''),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
