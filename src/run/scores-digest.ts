import { createHash } from 'node:crypto';
import type { Score, ScoredValue } from '../domain/score.ts';

/**
 * A hash over what scores say, taken in the order of record ids: tiers, points with their parts, R, F,
 * M and classes. Two scorings of a base with the same one are the same.
 */
export class ScoresDigest {
  readonly #hash = createHash('sha256');

  add({ customerId, tier, grade, rfm, value, loyalty, credit, classes }: Score): void {
    const line = [
      ...[customerId, tier, grade],
      ...[rfm?.recency, rfm?.frequency, rfm?.monetary],
      ...[value, loyalty, credit].map(pointsOf),
      Object.entries(classes)
        .map(([family, { key }]) => `${family}:${key}`)
        .toSorted(),
    ];
    this.#hash.update(`${JSON.stringify(line)}\n`);
  }

  /** SHA-256, hex. Ends it. */
  text(): string {
    return this.#hash.digest('hex');
  }
}

function pointsOf(value: ScoredValue | null): readonly (string | number)[] | null {
  if (value === null) return null;
  return [value.score, ...value.parts.map(({ code, points }) => `${code}:${points}`)];
}
