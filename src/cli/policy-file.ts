import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../config/environment.ts';
import type { Invocation } from './command.ts';

/** The policy as shipped, for a folder without `config/`. */
const SHIPPED_POLICY = fileURLToPath(new URL('../../config/policy.yaml', import.meta.url));

/** The policy of a command that needs no config: as named, the folder's own, or the shipped one. */
export function policyFileOf({ flags, folder, variables }: Invocation): string {
  const named = flags.text('policy') ?? readEnvironment(variables).ASSAY_POLICY;
  const file = resolve(folder, named ?? 'config/policy.yaml');
  return named === undefined && !existsSync(file) ? SHIPPED_POLICY : file;
}
