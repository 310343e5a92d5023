import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alertKinds } from '../src/domain/alert.ts';
import { alertGuides } from '../src/jobs/alert-guide.ts';

const text = readFileSync(join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
const entries = text
  .split(/^### /m)
  .flatMap((entry) => (entry.startsWith('Alert: ') ? [entry.slice('Alert: '.length)] : []));

it('the runbook has every alert once, in the order of the code, and no other', () => {
  expect(entries.map((entry) => entry.split('\n')[0])).toEqual([...alertKinds]);
});

it.each(alertKinds)('the alert %s says what the runbook says', (kind) => {
  const entry = entries.find((one) => one.startsWith(`${kind}\n`)) ?? '';
  const [, meaning = '', todo = ''] = entry.trim().split('\n\n');
  expect(meaning).toMatch(/^[A-Z].+\.$/s);
  expect(todo).toBe(`**Do:** ${alertGuides[kind].todo}`);
});
