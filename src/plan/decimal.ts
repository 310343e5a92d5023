/** A plain decimal text without zeros at its end: `12.50` is `12.5`, `3.00` is `3`. */
export function withoutEndZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
