import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDay, canonicalValue } from '../../src/connector/canonical-value.ts';
import { halve } from '../../src/connector/halve.ts';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import { paginate } from '../../src/connector/paginate.ts';

const signal = new AbortController().signal;

async function collect<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe('the paginator', () => {
  it('reads until there is no next page', async () => {
    const read = async (cursor: number) => ({
      values: cursor,
      next: cursor < 3 ? cursor + 1 : null,
    });
    expect(await collect(paginate(1, read, signal))).toEqual([1, 2, 3]);
  });

  it('does not follow a page that leads back to itself', async () => {
    const read = async (cursor: string) => ({ values: cursor, next: 'same' });
    const stuck = collect(paginate('same', read, signal));
    await expect(stuck).rejects.toMatchObject({ code: 'PAGING_STUCK' });
  });

  it('stops between pages', async () => {
    const stop = new AbortController();
    const read = async (cursor: number) => {
      stop.abort(new Error('stopped'));
      return { values: cursor, next: cursor + 1 };
    };
    await expect(collect(paginate(1, read, stop.signal))).rejects.toThrow('stopped');
  });
});

describe('halving', () => {
  it('leaves exactly the poisoned alone, in the batch’s order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (poisoned) => {
        const batch = poisoned.map((bad, index) => ({ bad, index }));
        const results = await halve(batch, {
          send: async (some) => {
            if (some.some(({ bad }) => bad)) throw new Error('refused');
            return some.map(({ index }) => `ok ${index}`);
          },
          isRefusal: () => true,
          refused: async ([alone]) => [`bad ${alone?.index}`],
        });
        const expected = batch.map(({ bad, index }) => `${bad ? 'bad' : 'ok'} ${index}`);
        expect(results).toEqual(expected);
      }),
    );
  });

  it('throws on what is nobody’s fault', async () => {
    const halving = {
      send: async () => await Promise.reject(new Error('down')),
      isRefusal: () => false,
      refused: async () => [],
    };
    await expect(halve([1, 2], halving)).rejects.toThrow('down');
  });
});

it('parallel work keeps its order and its width', async () => {
  let [running, most] = [0, 0];
  const results = await mapInParallel([5, 1, 4, 2, 3], 2, async (value) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, value));
    running -= 1;
    return value * 10;
  });
  expect([results, most]).toEqual([[50, 10, 40, 20, 30], 2]);
});

describe('canonical text', () => {
  it.each([
    ['integer', '87', '87'],
    ['integer', '87.0', '87'],
    ['decimal', '1234.50', '1234.5'],
    ['decimal', '1.0E7', '10000000'],
    ['decimal', '-0', '0'],
    ['decimal', 'many', 'many'],
    ['choice', 'gold', 'gold'],
    ['text', '12.50', '12.50'],
    ['day', '1793491200000', '2026-11-01'],
    ['day', '2026-11-01T00:00:00Z', '2026-11-01'],
    ['text', '', null],
    ['text', null, null],
  ] as const)('%s %s is %s', (kind, raw, expected) => {
    expect(canonicalValue(kind, raw)).toBe(expected);
  });

  it('does nothing twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double().map(String), fc.string()), (raw) => {
        const once = canonicalValue('decimal', raw);
        expect(canonicalValue('decimal', once)).toBe(once);
      }),
    );
    expect(canonicalDay('whenever')).toBe('whenever');
    expect(canonicalDay('9'.repeat(20))).toBe('9'.repeat(20));
  });
});
