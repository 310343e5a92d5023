import { stringify } from 'yaml';
import { z } from 'zod';
import { policyDigest } from './digest.ts';
import { parsePolicy } from './parse-policy.ts';

/** The parts of checked content that are written otherwise than they are kept. */
const kept = z.looseObject({
  tiers: z.looseObject({ classes: z.array(z.looseObject({})) }),
  named: z.array(z.looseObject({})),
  fields: z.array(z.looseObject({ key: z.string(), name: z.string() })),
  segments: z.looseObject({ cells: z.array(z.string()).length(125) }),
});

/**
 * The YAML of a policy that was kept as plain data alone: it scored from a file before anything was
 * published. `null` where this version of Assay reads something else from it.
 */
export function keptPolicyText(content: unknown): string | null {
  const parts = kept.safeParse(content);
  if (!parts.success) return null;
  const { tiers, named, fields, segments, ...rest } = parts.data;
  const text = stringify({
    ...rest,
    tiers: { ...tiers, classes: tiers.classes.map(withoutNulls) },
    named: named.map(withoutNulls),
    fields: fields.map(({ key, name }) => (key === name ? key : { result: key, name })),
    segments: writtenCells(segments.cells),
  });
  return readsAs(text, parts.data) ? text : null;
}

/** What is absent is kept as `null` where the file says nothing. */
function withoutNulls(entry: Readonly<Record<string, unknown>>): object {
  const isSaid = ([key, value]: readonly [string, unknown]) =>
    value !== null || key === 'serviceLevel' || key === 'strategy';
  return Object.fromEntries(Object.entries(entry).filter(isSaid));
}

function writtenCells(cells: readonly string[]): object {
  const segments = [...new Set(cells)].toSorted();
  const codes = new Map(segments.map((segment, at) => [segment, codeOf(at)]));
  const rows = Array.from({ length: 25 }, (_, row) => [
    `R${Math.floor(row / 5) + 1}F${(row % 5) + 1}`,
    cells.slice(row * 5, row * 5 + 5).map((segment) => codes.get(segment) ?? ''),
  ]);
  return {
    codes: Object.fromEntries([...codes].map(([segment, code]) => [code, segment])),
    cells: Object.fromEntries(rows),
  };
}

/** `Sa`, `Sb`, … */
function codeOf(at: number): string {
  return `S${String.fromCharCode(97 + at)}`;
}

function readsAs(text: string, content: object): boolean {
  try {
    const { retired, scope, ...read } = parsePolicy(text, 'the policy before');
    // Kept before there were these sections, it says nothing of them.
    const same = {
      ...read,
      ...('retired' in content && { retired }),
      ...('scope' in content && { scope }),
    };
    return policyDigest(same) === policyDigest(content);
  } catch {
    return false;
  }
}
