/** Spread of that share of the mean is rounding: of equal values the mean is rarely exact. */
const NOTHING = 1e-9;

/** Pearson's correlation of two columns; `null` where one does not vary or there are under three. */
export function correlation(left: Float64Array, right: Float64Array): number | null {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let [both, ofLeft, ofRight] = [0, 0, 0];
  for (const [row, value] of left.entries()) {
    const [x, y] = [value - meanLeft, (right[row] ?? 0) - meanRight];
    both += x * y;
    ofLeft += x * x;
    ofRight += y * y;
  }
  const rows = left.length;
  if (rows < 3 || !varies(ofLeft, meanLeft, rows) || !varies(ofRight, meanRight, rows)) return null;
  return Math.min(1, Math.max(-1, both / (Math.sqrt(ofLeft) * Math.sqrt(ofRight))));
}

function varies(squares: number, mean: number, rows: number): boolean {
  return Math.sqrt(squares / rows) > NOTHING * Math.abs(mean);
}

function mean(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value / column.length, 0);
}
