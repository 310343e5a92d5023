import { z } from 'zod';
import type { AuditValue } from '../domain/audit.ts';

const values = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

/** What the log wrote down; nothing where somebody made it unreadable, which verifying then says. */
export function readAuditValues(text: string): Readonly<Record<string, AuditValue>> {
  const parsed = values.safeParse(parseJson(text));
  return parsed.success ? parsed.data : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
