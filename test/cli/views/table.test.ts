import { expect, it } from 'vitest';
import { amount, counted, elapsed, share } from '../../../src/cli/views/figures.ts';
import { indent, table } from '../../../src/cli/views/table.ts';
import { displayWidth } from '../../../src/cli/views/width.ts';

it('aligns words left and figures right, without trailing space', () => {
  const rows = [
    ['gold', '1,234', 'x'],
    ['platinum', '5', ''],
  ];
  expect(table(rows, ['left', 'right', 'left'])).toBe('gold      1,234  x\nplatinum      5');
});

it('gives Chinese, Japanese and Korean characters two columns', () => {
  expect(displayWidth('客户 A1')).toBe(7);
  expect(displayWidth('고객')).toBe(4);
  expect(displayWidth('é')).toBe(1);
  expect(displayWidth('，')).toBe(2);
  expect(displayWidth('40 → 50 …')).toBe(9);
  expect(displayWidth('e\u0301t')).toBe(2);
  expect(displayWidth('👍🏽')).toBe(2);
  expect(
    table(
      [
        ['金卡', '1'],
        ['gold', '2'],
      ],
      ['left', 'left'],
    ),
  ).toBe('金卡  1\ngold  2');
});

it('moves lines, but not empty ones', () => {
  expect(indent('a\n\nb')).toBe('  a\n\n  b');
});

it('formats money in its own currency', () => {
  expect(amount(830_006_581, 'GBP')).toBe('£8,300,065.81');
  expect(amount(-1234, 'EUR')).toBe('-€12.34');
  expect(amount(1234, 'JPY')).toBe('¥1,234');
  expect(amount(1234, null)).toBe('12.34');
});

it('formats counts, shares and times', () => {
  expect(counted(1, 'call')).toBe('1 call');
  expect(counted(1234, 'call')).toBe('1,234 calls');
  expect([share(0), share(0.0004), share(0.1234)]).toEqual(['0%', '<0.1%', '12.3%']);
  expect([elapsed(850), elapsed(12_340), elapsed(245_000)]).toEqual([
    '850 ms',
    '12.3 s',
    '4 min 05 s',
  ]);
});
