import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Where errors of ours are made; a new way of making them has to be told here. */
const makers = [
  /new AssayError\(\s*('[^']+')/g,
  /\bcode: ([^,;\n]*'[^,;\n]*)/g,
  // Of receipts: what became of one change.
  /\brejected\(\s*\w+,\s*('[^']+')/g,
  /'rejected', ('[A-Z_]+')/g,
];

function codesInSources(): readonly string[] {
  const files = globSync('{src,connectors}/**/*.ts', { cwd: root });
  const made = files.flatMap((file) => {
    const text = read(file);
    return makers.flatMap((maker) => [...text.matchAll(maker)].map((match) => match[1] ?? ''));
  });
  const codes = made.flatMap((text) => text.match(/(?<=')[A-Z][A-Z0-9_]+(?=')/g) ?? []);
  return [...new Set(codes)].toSorted();
}

/** The alerts before it have a test of their own. */
function codesPart(): string {
  return read('docs/runbook.md').split(/^## Codes$/m)[1] ?? '';
}

function codesInRunbook(): readonly string[] {
  return [...codesPart().matchAll(/^### ([A-Z0-9_]+)$/gm)].map((match) => match[1] ?? '');
}

it('the sources make errors with codes', () => {
  expect(codesInSources().length).toBeGreaterThan(20);
  expect(codesInSources()).toContain('SECRET_MISSING');
  expect(codesInSources()).toContain('RECORD_GONE');
  expect(codesInSources()).toContain('MEMBERSHIP_REFUSED');
});

it('every code is made by a literal that can be found', () => {
  const files = globSync('{src,connectors}/**/*.ts', { cwd: root });
  // A run's report says why it stopped; its code was a literal where the error was made.
  const retold = ['src/jobs/bulk-lane.ts: stopped.code'];
  const hidden = files.flatMap((file) =>
    [...read(file).matchAll(/new AssayError\(\s*([^'\s][^,]*),/g)].map(
      (match) => `${file}: ${match[1]}`,
    ),
  );
  expect(hidden).toEqual(retold);
});

it('the runbook has every code once, in alphabetical order, and no other', () => {
  expect(codesInRunbook()).toEqual(codesInSources());
});

it('each code says what the operator does', () => {
  for (const entry of codesPart().split(/^### /m).slice(1))
    expect(entry).toMatch(/^[A-Z0-9_]+\n\n.+\n\n\*\*Do:\*\* .+/s);
});
