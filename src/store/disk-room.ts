import { statfs } from 'node:fs/promises';
import { storeFull } from './errors.ts';

/**
 * PGlite that finds no room for the next segment of its write-ahead log (16 MB) never answers
 * again, so we look before each write: two segments and the pages of one transaction.
 */
const bytesNeeded = 64 * 1024 * 1024;

/** @throws AssayError `STORE_FULL` when the disk that holds `folder` has too little left. */
export async function ensureRoom(folder: string, needed = bytesNeeded): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const left = bavail * bsize;
  if (left < needed) throw storeFull(new Error(`${left} bytes left, ${needed} needed`));
}
