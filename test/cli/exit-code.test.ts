import { expect, it } from 'vitest';
import { exitCodeOfError, exitCodeOfOutcome, worst } from '../../src/cli/exit-code.ts';
import { AssayError, type Disposition } from '../../src/domain/assay-error.ts';
import type { RunOutcome } from '../../src/domain/run.ts';

it.each<[Disposition, number]>([
  ['refuse-to-start', 2],
  ['ask', 3],
  ['pause-connection', 4],
  ['end-at-checkpoint', 4],
  ['retry', 5],
])('an error that says %s ends with %i', (disposition, code) => {
  expect(exitCodeOfError(new AssayError('X', disposition, '', ''))).toBe(code);
});

it('anything else that is thrown ends with 5', () => {
  expect(exitCodeOfError(new TypeError('x'))).toBe(5);
});

it.each<[RunOutcome, number]>([
  ['done', 0],
  ['done-with-rejections', 1],
  ['checkpoint', 4],
  ['paused', 4],
  ['failed', 5],
])('a run that is %s ends with %i', (outcome, code) => {
  expect(exitCodeOfOutcome(outcome)).toBe(code);
});

it('of several connections the worst counts', () => {
  expect(worst([0, 1, 4])).toBe(4);
  expect(worst([4, 2, 0])).toBe(2);
  expect(worst([5, 2])).toBe(5);
  expect(worst([])).toBe(0);
});
