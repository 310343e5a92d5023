/** The words of a text, as search sees them: lower case, cut at whatever is no letter or digit. */
export function tokensOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

/**
 * Test for CONTAINS_TOKEN: every word of `wanted` occurs as a whole word. With a `*` the pattern
 * may match the whole text or one word, as in `*@example.com`.
 */
export function tokenTest(wanted: string): (text: string) => boolean {
  if (!wanted.includes('*')) {
    const words = tokensOf(wanted);
    return (text) => {
      const present = new Set(tokensOf(text));
      return words.every((word) => present.has(word));
    };
  }
  const pattern = wanted.toLowerCase().split('*').map(escaped).join('.*');
  const whole = new RegExp(`^${pattern}$`, 'su');
  return (text) =>
    whole.test(text.toLowerCase()) || tokensOf(text).some((word) => whole.test(word));
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
