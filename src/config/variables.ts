import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';
import type { Variables } from './environment.ts';

const named = z.record(z.string(), z.string());

/**
 * The process's environment over `ASSAY_SECRETS`, which holds several of its variables as JSON, over a
 * `.env` file in `folder`, where there is one.
 * @throws AssayError `ENVIRONMENT_INVALID` (refuse to start) when `ASSAY_SECRETS` cannot be read.
 */
export function readVariables(folder: string): Variables {
  return {
    ...readDotEnv(resolve(folder, '.env')),
    ...readSecrets(process.env['ASSAY_SECRETS']),
    ...process.env,
  };
}

function readDotEnv(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function readSecrets(json = ''): Variables {
  if (json.trim() === '') return {};
  const parsed = named.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  throw new AssayError(
    'ENVIRONMENT_INVALID',
    'refuse-to-start',
    'Environment: ASSAY_SECRETS is no JSON object of texts',
    'Write it as {"DATABASE_URL":"postgres://…","HUBSPOT_TOKEN":"…"}, or unset it.',
  );
}

// The parser's error would quote what it read.
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
