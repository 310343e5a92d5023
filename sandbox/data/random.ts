import { type Random, seededRandom } from '../kit/random.ts';

/**
 * A source of numbers that depends on its key alone. One source a record, keyed by seed and id,
 * keeps a record's invented values the same whatever else is generated, and in whatever order.
 */
export function randomFor(...key: readonly (string | number)[]): Random {
  return seededRandom(hash(key.join('\u001f')));
}

/** A whole number from `least` to `most`, both included. */
export function wholeNumber(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1);
}

/** One of the choices, each as likely as the next. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random.below(choices.length)] ?? choices[0];
}

/** FNV-1a, 32 bits: neighbouring keys come out far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
