import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.ts';

/** Makes every file and directory under `folder` reach the disk. */
export async function fsyncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const kept = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  for (const entry of kept) await fsync(join(entry.parentPath, entry.name));
  await fsync(folder);
}

/** A file that was removed meanwhile needs no sync. */
async function fsync(path: string): Promise<void> {
  try {
    const file = await open(path, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
