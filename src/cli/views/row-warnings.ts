import type { TalliedRows } from '../row-tally.ts';
import { counted } from './figures.ts';

/** Of deals, which stand in no line, just the number; else `rows: 2 rows name no customer (line 3, 7)`: what was left out of a file, by cause. */
export function rowWarnings(leftOut: readonly TalliedRows[]): readonly string[] {
  return leftOut.map(({ why, count, lines }) =>
    lines.length === 0
      ? `deals: ${counted(count, 'deal')} ${why}`
      : `rows: ${counted(count, 'row')} ${why} (line ${lines.join(', ')}${count > lines.length ? ', …' : ''})`,
  );
}
