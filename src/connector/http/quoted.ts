const address = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g;
const named =
  /\b(Bearer|Zoho-oauthtoken|(?:access_token|refresh_token|client_secret|code)["']?\s*[=:])\s*["']?[^\s"'&,;}]+/gi;
/** Letters and digits in one word, longer than any name: a token, whatever it is of. */
const long = /(?=[\w.~+-]*\d)(?=[\w.~+-]*[a-z])[\w.~+-]{30,}/gi;
const most = 600;

/**
 * What a CRM, or a program between here and it, says: fit to be shown, logged and kept. Such texts may
 * repeat what they were asked: tokens and customers' e-mail addresses are left out, and lines made one.
 * @param length most characters. Default 600.
 */
export function quoted(text: string, length = most): string {
  const start = text.slice(0, 4 * length);
  const line = start.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const masked = line.replace(named, '$1 […]').replace(address, '[e-mail]').replace(long, '[…]');
  return masked.slice(0, length);
}
