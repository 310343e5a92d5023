import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test; `remove` takes it away. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'assay-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
