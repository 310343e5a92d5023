/** An amount in units of a currency, for reading: `£1,234.56`; without a known currency just the figure. */
export function units(value: number, currency: string | null): string {
  const isKnown = currency !== null && /^[A-Z]{3}$/.test(currency);
  const format = isKnown
    ? new Intl.NumberFormat('en', { style: 'currency', currency })
    : new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return format.format(value);
}
