/** Draws the next number, uniform in [0, 1). */
export type Random = () => number;

/**
 * A stream of numbers that depends on its key alone. One stream a record, keyed by seed and id,
 * keeps a record's invented values the same whatever else is generated, and in whatever order.
 *
 * Key hash FNV-1a, generator mulberry32 (T. Ettinger, public domain): small, quick, and good enough
 * for test data. Not for secrets.
 */
export function seededRandom(...key: readonly (string | number)[]): Random {
  let state = hash(key.join('\u001f'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function wholeNumber(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** One of the choices, each as likely as the next. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** A standard normal deviate (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
