import { expect, it } from 'vitest';
import { renderServing } from '../../../src/cli/views/serve.ts';

const at = Date.parse('2026-11-23T03:00Z');
const next = [{ kind: 'run', cron: '0 3 * * *', at }] as const;

it('assay serve says in which zone its times are, and where the account’s is not known yet', () => {
  const text = renderServing(
    'http://127.0.0.1:8080',
    [],
    [
      { connection: 'new', timeZone: 'UTC', isZoneOpen: true, next },
      { connection: 'old', timeZone: 'Asia/Kolkata', isZoneOpen: false, next },
    ],
  );
  expect(text).toMatch(
    /new +run Mon 23 Nov 03:00 +UTC; the account’s own zone from the first run on/,
  );
  expect(text).toMatch(/old +run Mon 23 Nov 08:30 +Asia\/Kolkata$/m);
});
