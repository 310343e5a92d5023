import type { AuditHead, AuditRow, AuditValue, ChainVerdict } from '../../domain/audit.ts';
import { counted } from './figures.ts';
import { indent } from './table.ts';

/** `assay audit list`: a line a row, what a person typed below it. */
export function renderAuditRows(rows: readonly AuditRow[], before: string | null): string {
  if (rows.length === 0) return 'The log has no such row.';
  const older = before === null ? [] : [`Older ones: --before ${before}`];
  return [...older, ...rows.map(renderRow)].join('\n');
}

/** As it is to be noted, and given back with `--head`. */
export function shownHead({ chain, position, hash }: AuditHead): string {
  return `${chain}:${position}:${hash}`;
}

/** One chain of `assay audit verify`. */
export function renderVerdict({ chain, rows, head, broken }: ChainVerdict): string {
  if (broken === null && rows === 0) return `! ${chain}: no row`;
  if (broken === null)
    return `✓ ${chain}: ${counted(rows, 'row')}${head === null ? '' : `\n  ${shownHead(head)}`}`;
  const where = broken.position === null ? '' : `, row ${broken.position}`;
  return `✗ ${chain}${where}: ${broken.fault}\n  ${broken.found} ${counted(rows, 'row')} before it in order.`;
}

/** The last word of `assay audit verify`. */
export function renderVerdicts(verdicts: readonly ChainVerdict[]): string {
  const broken = verdicts.filter((one) => one.broken !== null).map(({ chain }) => chain);
  if (broken.length > 0)
    return `Broken: ${broken.join(', ')}. See docs/security.md for what to do.`;
  if (verdicts.every(({ rows }) => rows === 0))
    return 'There was nothing to look through. Is the name of the connection right? If anything was ever done here, its rows were taken out.';
  return 'Nothing was changed. Note these heads elsewhere: only they show later whether an end was cut.';
}

function renderRow({
  chain,
  position,
  at,
  actor,
  kind,
  facts,
  detail,
  isErased,
}: AuditRow): string {
  const when = `${at.slice(0, 19).replace('T', ' ')}Z`;
  const line = `${when}  ${chain}:${position}  ${kind}  ${actor}  ${valuesText(facts)}`.trimEnd();
  if (isErased) return `${line}\n${indent('(taken out: a customer was erased)')}`;
  return detail === null ? line : `${line}\n${indent(valuesText(detail))}`;
}

function valuesText(values: Readonly<Record<string, AuditValue>>): string {
  return Object.entries(values)
    .filter(([name]) => name !== 'digest' && name !== 'token' && name !== 'leaves')
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
}

/** On one line: what somebody typed is not to look like a row of its own. */
function valueText(value: AuditValue): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text.replaceAll(/\s+/g, ' ');
}
