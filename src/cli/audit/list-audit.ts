import { auditKinds } from '../../domain/audit.ts';
import type { Instant } from '../../domain/time.ts';
import { nearest } from '../../lib/nearest.ts';
import type { AuditSelect, AuditStore } from '../../store/audit-store.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderAuditRows } from '../views/audit.ts';

const rowsShown = 50;
const mostRows = 10_000;

/** `assay audit list`. @throws AssayError `USAGE_INVALID`. */
export function listAudit({ flags, screen }: Invocation) {
  const select = selectOf(flags);
  return async (audit: AuditStore): Promise<ExitCode> => {
    // One more than is shown tells whether there are older ones.
    const found = await audit.latest({ ...select, limit: select.limit + 1 });
    const rows = found.slice(-select.limit);
    const [first] = rows;
    const isMore = found.length > rows.length && first !== undefined;
    const before = isMore ? `${first.chain}:${first.position}` : null;
    screen.result({ rows, before }, () => renderAuditRows(rows, before));
    return exitCodes.done;
  };
}

function selectOf(flags: Flags): AuditSelect {
  const limit = flags.count('limit') ?? rowsShown;
  return {
    chain: flags.text('connection') ?? null,
    kinds: kindsOf(flags.text('kind')),
    actor: flags.text('actor') ?? null,
    since: instantOf(flags.text('since')),
    before: rowOf(flags.text('before')),
    limit: Math.min(Math.max(limit, 1), mostRows),
  };
}

function kindsOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const kinds = text.split(',').map((kind) => kind.trim());
  for (const kind of kinds)
    if (!auditKinds.some((known) => known === kind)) throw kindUnknown(kind);
  return kinds;
}

function kindUnknown(kind: string) {
  const close = nearest(kind, auditKinds);
  return usageInvalid(
    `The log knows no kind "${kind}"`,
    close === null ? `It knows ${auditKinds.join(', ')}.` : `Did you mean ${close}?`,
  );
}

function instantOf(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (/^\d{4}-/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString();
  throw usageInvalid(
    `--since takes a day or an instant, not "${text}"`,
    'Write for example --since 2026-11-22 or --since 2026-11-22T08:00:00Z.',
  );
}

function rowOf(text: string | undefined): AuditSelect['before'] {
  if (text === undefined) return null;
  const [, chain = '', position = ''] = /^(.+):(\d{1,15})$/.exec(text) ?? [];
  if (chain !== '') return { chain, position: Number(position) };
  throw usageInvalid(
    `--before takes a row such as main:123, not "${text}"`,
    'The list before says which: its last line.',
  );
}
