import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type PartName, partNames } from './kit/part.ts';

export type Arguments = {
  readonly isJson: boolean;
  readonly names: readonly PartName[];
  readonly seed: number;
  readonly share: { readonly at: number; readonly of: number };
  readonly only: string | null;
  readonly parallel: number;
};

export const usage = `npm run test:faults -- [--json] [--part ${partNames.join('|')}]… [--seed n] [--share 1/4] [--only text] [--parallel n]`;

/** @throws RangeError in words. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      part: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      share: { type: 'string', default: '1/1' },
      only: { type: 'string' },
      parallel: { type: 'string', default: String(Math.max(2, availableParallelism())) },
    },
  });
  const named = values.part.map(partNamed);
  return {
    isJson: values.json,
    names: named.length === 0 ? partNames : named,
    seed: wholeNumber('--seed', values.seed),
    share: shareOf(values.share),
    only: values.only ?? null,
    parallel: wholeNumber('--parallel', values.parallel),
  };
}

function partNamed(text: string): PartName {
  const found = partNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new RangeError(`--part ${text}: one of ${partNames.join(', ')}`);
}

function shareOf(text: string): Arguments['share'] {
  const [, at = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (at >= 1 && at <= of) return { at, of };
  throw new RangeError(`--share ${text}: for example 1/4, the first quarter`);
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new RangeError(`${name} ${text}: a whole number from 1 on`);
}
