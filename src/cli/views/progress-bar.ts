import { count, elapsed, share } from './figures.ts';

const cells = 24;

/** How far a stage is. */
export type BarState = {
  readonly stage: string;
  readonly done: number;
  readonly total: number | null;
  readonly elapsedMs: number;
  /** Of the terminal; a longer line would wrap and stay. */
  readonly columns: number;
};

/** `pull  ████████░░░░  12,300 of 26,000, 47%, 8.1 s`. */
export function renderBar({ stage, done, total, elapsedMs, columns }: BarState): string {
  const far = total === null || total === 0 ? null : Math.min(1, done / total);
  const line =
    far === null || total === null
      ? `${stage}  ${count(done)}, ${elapsed(elapsedMs)}`
      : `${stage}  ${blocks(far)}  ${count(done)} of ${count(total)}, ${share(far)}, ${elapsed(elapsedMs)}`;
  return line.slice(0, Math.max(10, columns - 1));
}

function blocks(far: number): string {
  const full = Math.round(far * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
