import { expect, it } from 'vitest';
import { renderFindings } from '../../../src/cli/views/findings.ts';
import { renderProvision } from '../../../src/cli/views/provision.ts';

it('findings stand under each other with what to do', () => {
  const text = renderFindings([
    { check: 'token', status: 'ok', message: 'valid' },
    { check: 'deals', status: 'warning', message: '3 without contact', todo: 'Link them.' },
    { check: 'scopes', status: 'problem', message: 'one is missing', todo: 'Grant it.' },
  ]);
  expect(text).toBe(
    [
      '✓ token   valid',
      '! deals   3 without contact',
      '          → Link them.',
      '✗ scopes  one is missing',
      '          → Grant it.',
      '',
      '1 ok, 1 to look at, 1 to put right',
    ].join('\n'),
  );
});

it('the same advice for several findings in a row is given once', () => {
  const missing = (message: string) =>
    ({ check: 'fields', status: 'problem', message, todo: 'Provision.' }) as const;
  const text = renderFindings([missing('a is missing'), missing('b is missing')]);
  expect(text).toMatch(/a is missing\n✗ fields {2}b is missing\n\s+→ Provision\.\n/);
});

it('provision says what to do once for all that it concerns', () => {
  const step = (name: string) =>
    ({ subject: 'field', name, outcome: 'problem', message: 'no', todo: 'Restore it.' }) as const;
  const text = renderProvision({ steps: [step('a'), step('b')], lists: [] });
  expect(text).toContain('→ a, b: Restore it.');
  expect(text).toContain('2 problems');
});

it('provision tells what it made and what it could not', () => {
  const text = renderProvision({
    steps: [
      { subject: 'field', name: 'value_tier', outcome: 'created', message: 'created' },
      {
        subject: 'list',
        name: 'Assay: best',
        outcome: 'problem',
        message: 'the name is taken',
        todo: 'Rename the other list.',
      },
    ],
    lists: [],
  });
  expect(text).toContain('+  field  value_tier   created');
  expect(text).toContain('✗  list   Assay: best  the name is taken');
  expect(text).toContain('→ Assay: best: Rename the other list.');
  expect(text).toContain('1 created, 1 problem');
});
