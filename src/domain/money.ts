/** An amount in whole minor units (pence, 分) of an ISO 4217 currency. Negative for a refund. */
export type Money = {
  /** A safe integer: `parseMoney` refuses what a double cannot hold exactly. */
  readonly minor: number;
  /** Upper-case ISO 4217 code. */
  readonly currency: string;
};

const fractionDigits = new Map<string, number>();

/** Digits after the point in `currency` (GBP 2, JPY 0, KWD 3); 2 for a code ISO does not know. */
export function minorDigits(currency: string): number {
  const known = fractionDigits.get(currency);
  if (known !== undefined) return known;
  const digits = readMinorDigits(currency);
  fractionDigits.set(currency, digits);
  return digits;
}

function readMinorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Reads a decimal string such as `-12.345` exactly, rounding half away from zero to the
 * currency's minor unit. `null` when it is not a number or too large to hold exactly.
 */
export function parseMoney(text: string, currency: string): Money | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const shift = minorDigits(currency) + Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, -shift);
  if (scaled > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const minor = Number(scaled);
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency };
}

function roundedQuotient(digits: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (digits + divisor / 2n) / divisor;
}

/** The amount as a plain decimal string, `-12.34`: what a CRM's number field takes. */
export function decimalText(money: Money): string {
  const digits = minorDigits(money.currency);
  const text = String(Math.abs(money.minor)).padStart(digits + 1, '0');
  const sign = money.minor < 0 ? '-' : '';
  if (digits === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
