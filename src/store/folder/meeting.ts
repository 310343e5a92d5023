import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const prefix = 'assay-store-';
const name = 'socket';
/** Of the path of a socket, on whichever system. */
const longest = 100;

/**
 * Where guests of a folder come to: the path of a socket in a new folder that only its owner may enter,
 * or `null` where there can be none.
 */
export async function makeMeeting(): Promise<string | null> {
  // Named pipes have no owner's folder around them.
  if (process.platform === 'win32') return null;
  const path = join(await mkdtemp(join(tmpdir(), prefix)).catch(() => '/'), name);
  if (path !== `/${name}` && path.length <= longest) return path;
  await removeMeeting(path);
  return null;
}

/** Of this process, or of one that died. Whatever does not look like one is left alone. */
export async function removeMeeting(path: string | null): Promise<void> {
  if (path === null || basename(path) !== name) return;
  const folder = dirname(path);
  if (basename(folder).startsWith(prefix)) await rm(folder, { recursive: true, force: true });
}
