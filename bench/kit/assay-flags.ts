import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const file = join(resolve(import.meta.dirname, '../..'), 'package.json');
const { scripts } = z
  .object({ scripts: z.object({ assay: z.string() }) })
  .parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Node's flags in the `assay` script of package.json: what is measured is what users start. V8
 * fills a large nursery with garbage, and lets an old generation of 20 MB grow to 200 before it looks.
 */
export const assayFlags: readonly string[] = scripts.assay
  .split(' ')
  .filter((word) => word.startsWith('--'));
if (assayFlags.length === 0)
  throw new RangeError('The script `assay` of package.json has no flags');
