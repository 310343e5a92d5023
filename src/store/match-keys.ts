import type { Customer } from '../domain/customer.ts';

/** By which a record may be found to be another's duplicate; `null`: not by this. */
export type MatchKeys = {
  readonly email_key: string | null;
  readonly phone_key: string | null;
  /** Only of a record that has neither of the others: a name alone says little. */
  readonly name_key: string | null;
};

type Named = Pick<Customer, 'email' | 'phone' | 'name' | 'country'>;

/** E-mail, phone, or name and country, each in one spelling. */
export function matchKeys({ email, phone, name, country }: Named): MatchKeys {
  const [email_key, phone_key] = [emailKey(email), phoneKey(phone)];
  const isNameless = email_key !== null || phone_key !== null;
  return { email_key, phone_key, name_key: isNameless ? null : nameKey(name, country) };
}

function emailKey(email: string | null): string | null {
  const plain = plainText(email);
  return /^[^\s@]+@[^\s@]+$/.test(plain) ? plain : null;
}

/**
 * `+44 (0)20 7946 0958` and `0044 20 79460958` are one number. Fewer than seven digits are an
 * extension, and one digit over and over is what people type to fill a form.
 */
function phoneKey(phone: string | null): string | null {
  const plain = plainText(phone).replace(/^00(?=[^\d]*[1-9])/, '+');
  const digits = (plain.startsWith('+') ? plain.replace('(0)', '') : plain).replace(/\D/g, '');
  return digits.length < 7 || /^(\d)\1*$/.test(digits) ? null : digits;
}

function nameKey(name: string | null, country: string | null): string | null {
  const words = lettersOf(name);
  return words.length < 2 ? null : `${words} / ${lettersOf(country)}`;
}

/** Letters and digits of any script, words with one space between. */
function lettersOf(text: string | null): string {
  return plainText(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function plainText(text: string | null): string {
  return (text ?? '').normalize('NFKC').trim().toLowerCase();
}
