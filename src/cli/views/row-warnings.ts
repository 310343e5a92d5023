import type { TalliedRows } from '../row-tally.ts';
import { counted } from './figures.ts';

/** Of deals, which stand in no line, just the number; else `rows: 2 rows name no customer (line 3, 7)`: what was left out of a file, by cause. */
export function rowWarnings(leftOut: readonly TalliedRows[]): readonly string[] {
  return leftOut.map(({ why, count, lines }) =>
    lines.length === 0
      ? `deals: ${counted(count, 'deal')} ${agreeing(why, count)}`
      : `rows: ${counted(count, 'row')} ${agreeing(why, count)} (line ${lines.join(', ')}${count > lines.length ? ', …' : ''})`,
  );
}

/** Causes are written of many: `have no amount`; of one, `has no amount`. */
function agreeing(why: string, count: number): string {
  if (count !== 1) return why;
  return why
    .replace(/^are /, 'is ')
    .replace(/^have /, 'has ')
    .replace(/^name /, 'names ');
}
