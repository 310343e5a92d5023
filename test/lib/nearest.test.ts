import { expect, it } from 'vitest';
import { nearest } from '../../src/lib/nearest.ts';

const commands = ['run', 'pull', 'plan', 'provision', 'explain'];

it('finds the word that was meant', () => {
  expect(nearest('plna', commands)).toBe('plan');
  expect(nearest('PROVISON', commands)).toBe('provision');
  expect(nearest('rn', commands)).toBe('run');
});

it('says nothing when no word is close', () => {
  expect(nearest('backup', commands)).toBeNull();
  expect(nearest('x', [])).toBeNull();
});
