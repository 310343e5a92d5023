import { AssayError } from '../domain/assay-error.ts';
import type { RunContext } from './context.ts';

/** No word lets a plan of such a connection be written; its setting does. */
export function previewOnly({ connection }: Pick<RunContext, 'connection'>): AssayError {
  return new AssayError(
    'PREVIEW_ONLY',
    'refuse-to-start',
    `Connection "${connection}" is looked at only: \`writes.mode\` is \`preview\`, and nothing is written.`,
    'Set `writes.mode` of the connection in config/assay.yaml to `approve` or `auto`; the next run makes a plan that can be written.',
  );
}
