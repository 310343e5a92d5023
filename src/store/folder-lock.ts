import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { AssayError } from '../domain/assay-error.ts';
import type { Instant } from '../domain/time.ts';
import { isRunning, thisProcess } from '../lib/process-identity.ts';
import { hasCode } from './errors.ts';
import { removeMeeting } from './folder/meeting.ts';
import { type LockHolder, parseHolder } from './lock-holder.ts';

/** A folder that this process alone has open. */
export type FolderLock = { readonly release: () => Promise<void> };

/**
 * Takes `<folder>.lock`, or refuses. The file appears whole or not at all: it is written under a
 * name of its own and then linked, which fails when there is one already.
 * @throws AssayError `STORE_LOCKED`, naming who has it.
 */
export async function lockFolder(
  folder: string,
  since: Instant,
  socket: string | null = null,
): Promise<FolderLock> {
  const holder: LockHolder = { ...thisProcess(), since, token: randomUUID(), socket };
  const path = `${folder}.lock`;
  const own = `${path}.${holder.token}`;
  await writeFile(own, JSON.stringify(holder), { flag: 'wx' });
  try {
    await take(path, own, folder);
  } finally {
    await rm(own, { force: true });
  }
  return { release: () => release(path, holder.token) };
}

async function take(path: string, own: string, folder: string): Promise<void> {
  if (await isLinked(own, path)) return;
  const holder = await readHolder(path);
  if (holder === null) return take(path, own, folder);
  if (isRunning(holder)) throw storeLocked(folder, path, holder);
  await takeOver(path, own, folder, holder);
}

/**
 * The holder is dead. Whoever wins the claim on its token may put a lock in its place, in one
 * rename; somebody who read the old lock a moment ago finds another token there and starts again.
 */
async function takeOver(
  path: string,
  own: string,
  folder: string,
  dead: LockHolder,
): Promise<void> {
  const claim = `${path}.${dead.token}.claim`;
  await take(claim, own, folder);
  const present = await readHolder(path);
  if (present?.token !== dead.token) {
    await rm(claim, { force: true });
    return take(path, own, folder);
  }
  await rename(claim, path);
  await removeMeeting(dead.socket);
}

async function isLinked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Who has the folder. */
export async function holderOf(folder: string): Promise<LockHolder | null> {
  return await readHolder(`${folder}.lock`);
}

async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    return parseHolder(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function release(path: string, token: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.token === token) await rm(path, { force: true });
}

export function heldByOtherTables(folder: string, { pid, host }: LockHolder): AssayError {
  return new AssayError(
    'STORE_LOCKED',
    'refuse-to-start',
    `The store in ${folder} is in use by process ${pid} on ${host}, which runs another version of Assay.`,
    `End it (Ctrl-C, or \`kill ${pid}\`: it stops at its next batch) and start it again with this version.`,
  );
}

function storeLocked(folder: string, path: string, { pid, host, since }: LockHolder): AssayError {
  return new AssayError(
    'STORE_LOCKED',
    'refuse-to-start',
    `The store in ${folder} is in use by process ${pid} on ${host} since ${since}.`,
    `Work as the user and on the machine that it runs as, wait for it, or end it (Ctrl-C, or \`kill ${pid}\`: it stops at its next batch); several machines share a server: DATABASE_URL. If ${host} is gone, delete ${path}.`,
  );
}
