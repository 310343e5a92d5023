import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export const root = join(import.meta.dirname, '../..');

/** What `Dockerfile` copies from the folder it is built in. */
export function copiedFiles(): readonly string[] {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const copied = /^COPY (?!--from)(.+)$/.exec(line)?.[1]?.split(/\s+/) ?? [];
    return copied.slice(0, -1);
  });
}

const lock = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().default(false) })),
});

/** What `npm ci --omit=dev` leaves, at the top of `node_modules`. */
export function productionPackages(): readonly string[] {
  const { packages } = lock.parse(
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
  );
  return Object.entries(packages).flatMap(([path, { dev }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined || dev ? [] : [name];
  });
}

/** The image's `/app` in a folder. */
export function layImage(folder: string): void {
  for (const file of copiedFiles())
    cpSync(join(root, file), join(folder, file), { recursive: true });
  for (const name of productionPackages()) {
    const at = join(folder, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), at);
  }
}
