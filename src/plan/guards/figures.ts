import { decimalText } from '../../domain/money.ts';

const wholes = new Intl.NumberFormat('en');

/** `1,234`. */
export function count(value: number): string {
  return wholes.format(value);
}

/** `26.5 %`. */
export function percent(share: number, digits = 1): string {
  return `${Number((share * 100).toFixed(digits))} %`;
}

/** Never shows what is over a limit as the limit itself. */
export function percentBeside(share: number, limit: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const text = percent(share, digits);
    if (share === limit || text !== percent(limit, digits)) return text;
  }
  return percent(share, 9);
}

/** `(26.5 %) …; the limit is 25 %`: the two figures of every guard over a share. */
export function limitText(limit: number): string {
  return `the limit is ${percent(limit, 9)}`;
}

/** `GBP 1,234.50`. */
export function amount(minor: number, currency: string | null): string {
  if (currency === null) return `${count(minor)} minor units`;
  const [whole = '', fraction] = decimalText({ minor, currency }).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
