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
  const spread = Math.sqrt(ofLeft) * Math.sqrt(ofRight);
  return left.length >= 3 && spread > 0 ? Math.min(1, Math.max(-1, both / spread)) : null;
}

function mean(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value / column.length, 0);
}
