/** RFC 5321: 64 octets before the sign, 254 in all. */
const LONGEST_LOCAL = 64;
const LONGEST_EMAIL = 254;

/**
 * Whether mail could be sent there: one sign, something before it, a domain with a dot and a last
 * label of two letters or more, no blanks. Letters of any script. Nobody is asked whether it exists.
 */
export function isEmail(text: string): boolean {
  const plain = text.normalize('NFKC').trim();
  const [local = '', domain = '', ...more] = plain.split('@');
  if (more.length > 0 || plain.length > LONGEST_EMAIL || local.length > LONGEST_LOCAL) return false;
  if (!/^[^\s.,;:<>()[\]\\"]+(?:\.[^\s.,;:<>()[\]\\"]+)*$/.test(local)) return false;
  return /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+(?:\p{L}[\p{L}\p{M}]+|xn--[a-z\d-]+)$/iu.test(
    domain,
  );
}

/** E.164 allows fifteen digits; fewer than seven are an extension. */
const DIGITS = { least: 7, most: 15 };

/**
 * Whether it could be called: 7 to 15 digits with the usual signs between, an extension aside. One
 * digit over and over is what people type to fill a form.
 */
export function isPhone(text: string): boolean {
  const plain = text.normalize('NFKC').trim();
  const number = plain.replace(/[\s,;]*(?:ext\.?|x|#|转|轉|分机|分機)\s*\d{1,6}$/i, '');
  if (!/^\+?[\d\s().\-/]+$/.test(number)) return false;
  const digits = number.replace(/\D/g, '');
  if (digits.length < DIGITS.least || digits.length > DIGITS.most) return false;
  return !/^(\d)\1*$/.test(digits);
}
