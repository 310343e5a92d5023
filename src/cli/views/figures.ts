import { minorDigits } from '../../domain/money.ts';

const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** `1,234`. */
export function count(value: number): string {
  return whole.format(value);
}

/** `1,234 calls`, `1 call`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `0.4%`; a share too small to show but not nothing is `<0.1%`. */
export function share(value: number): string {
  return value > 0 && value < 0.001 ? '<0.1%' : percent.format(value);
}

/** `£1,234.56`; without a known currency just the figure. For reading only: the sum is a double. */
export function amount(minor: number, currency: string | null): string {
  if (currency === null) return (minor / 100).toFixed(2);
  const digits = minorDigits(currency);
  const known = /^[A-Z]{3}$/.test(currency);
  const value = minor / 10 ** digits;
  if (!known) return `${value.toFixed(digits)} ${currency}`;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(value);
}

/** `£0.00 (was £1,234.56)`: what it will be, and what it was where that is another. */
export function amountAndWas(
  { netMinor, heldMinor = netMinor }: { readonly netMinor: number; readonly heldMinor?: number },
  currency: string | null,
): string {
  const now = amount(netMinor, currency);
  return heldMinor === netMinor ? now : `${now} (was ${amount(heldMinor, currency)})`;
}

/** `850 ms`, `12.3 s`, `4 min 05 s`. */
export function elapsed(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
