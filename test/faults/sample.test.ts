import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runPart } from './kit/run-cases.ts';
import { parts } from './parts.ts';

/** Of all parts together. The whole is `npm run test:faults`. */
const sampleMs = 90_000;

/** Always the same cases: a build fails for what was changed, not for the day it runs on. */
const seed = 1;

describe(`a sample of what may go wrong, by seed ${seed}`, () => {
  it.each(parts)(
    '$name: all of it ends as it must',
    async (part) => {
      const ran = await runPart(part, {
        ...{ seed, isSample: true, only: null, share: { at: 1, of: 1 } },
        parallel: Math.max(2, availableParallelism()),
        until: performance.now() + sampleMs / parts.length,
        say: (line) => void process.stderr.write(`${line}\n`),
        signal: new AbortController().signal,
      });
      const again = ({ id }: { readonly id: string }) =>
        `npm run test:faults -- --part ${part.name} --seed ${seed} --only '${id}'`;
      expect(ran.found.map((one) => `${again(one)}: ${one.status}: ${one.why}`)).toEqual([]);
      expect(ran.run).toBeGreaterThan(0);
    },
    300_000,
  );
});
