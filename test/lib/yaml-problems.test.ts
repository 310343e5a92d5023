import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseYamlLines } from '../../src/lib/yaml-lines.ts';
import { renderProblems, yamlProblems } from '../../src/lib/yaml-problems.ts';

const schema = z.strictObject({
  code: z.string().min(2).max(4).optional(),
  codes: z.array(z.string()).min(2).max(3).optional(),
  share: z.number().gt(0).lt(1).optional(),
  count: z.int().min(1).max(9).optional(),
});

function problem(text: string): string {
  const parsed = parseYamlLines(text);
  if (parsed.status === 'broken') throw new Error(text);
  const issues = schema.safeParse(parsed.yaml.value).error?.issues ?? [];
  return renderProblems('f', yamlProblems(issues, parsed.yaml, ['count']));
}

it.each([
  ['code: a', 'f:1:7 code: must have at least 2 characters'],
  ['code: abcde', 'f:1:7 code: must have at most 4 characters'],
  ['codes: [a]', 'f:1:8 codes: must have at least 2 entries'],
  ['codes: [a, a, a, a]', 'f:1:8 codes: must have at most 3 entries'],
  ['share: 0', 'f:1:8 share: must be above 0'],
  ['share: 1', 'f:1:8 share: must be below 1'],
  ['count: 0', 'f:1:8 count: must be at least 1'],
  ['count: 10', 'f:1:8 count: must be at most 9'],
  ['cuont: 5', 'f:1:1 cuont: unknown key; did you mean `count`?'],
  ['other: 5', 'f:1:1 other: unknown key; remove it'],
])('%s is a problem in words', (text, message) => {
  expect(problem(text)).toBe(message);
});
