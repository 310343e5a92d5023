import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { screenLog } from '../../src/cli/log.ts';
import { Secret } from '../../src/lib/secret.ts';

const root = join(import.meta.dirname, '../..');

function lineOf(facts: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  screenLog({ write: (line: string) => lines.push(line) }, 'debug').info(facts, 'test.event');
  return lines.join('');
}

describe('the log', () => {
  it('is one JSON object a line, with the event as its message', () => {
    const line = lineOf({ count: 2 });
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ level: 30, count: 2, msg: 'test.event' });
  });

  it('shows no secret, whatever its name, and no value under a secret’s name, however deep', () => {
    const line = lineOf({
      key: new Secret('s3cret-1'),
      token: 's3cret-2',
      request: { headers: { authorization: 'Bearer s3cret-3', cookie: 's3cret-4' } },
      config: { auth: { client: { clientSecret: 's3cret-5' } } },
    });
    expect(line).not.toContain('s3cret');
    expect(line.match(/\[secret\]/g)).toHaveLength(5);
  });

  it('is told events, not sentences', () => {
    const files = globSync('{src,connectors}/**/*.ts', { cwd: root });
    const events = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /\blog(?:\.(?:debug|info|warn|error)|\[\w+\])\(([\s\S]*?)\);/g,
        ),
      ].map(([, args = '']) => ({ file, event: /'([^']+)'[^']*$/.exec(args)?.[1] ?? args })),
    );
    expect(events.length).toBeGreaterThan(30);
    const sentences = events.filter(({ event }) => !/^[a-z_-]+(\.[a-z_-]+)+$/.test(event));
    expect(sentences).toEqual([]);
  });
});
