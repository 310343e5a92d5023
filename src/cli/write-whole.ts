import { open, rename, rm } from 'node:fs/promises';
import { usageInvalid } from './usage-invalid.ts';

/**
 * Writes a file whole or not at all: beside it first, then in its place.
 * @throws AssayError `USAGE_INVALID` when it cannot be written.
 */
export async function writeWhole(
  file: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writePieces(beside, pieces, signal);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw usageInvalid(
      `Cannot write ${file}: ${error.message}`,
      'Name a file that can be written.',
    );
  }
}

async function writePieces(
  file: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
) {
  await using handle = await open(file, 'w');
  for await (const piece of pieces) {
    signal.throwIfAborted();
    await handle.appendFile(piece);
  }
  await handle.sync();
}
