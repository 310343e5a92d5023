import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Variables } from './environment.ts';

/** The process's environment over a `.env` file in `folder`, where there is one. */
export function readVariables(folder: string): Variables {
  return { ...readDotEnv(resolve(folder, '.env')), ...process.env };
}

function readDotEnv(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
