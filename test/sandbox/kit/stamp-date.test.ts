import { expect, it } from 'vitest';
import { startHubSpotSandbox } from '../../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';

it('answers carry the time of the sandbox, not of the machine', async () => {
  const clock = new AdjustableClock(() => Date.parse('2011-12-10T12:00:00Z'));
  const sandbox = await startHubSpotSandbox({ clock });
  const answer = await fetch(`${sandbox.url}/crm/objects/2026-03/contacts`);
  expect(answer.headers.get('date')).toBe('Sat, 10 Dec 2011 12:00:00 GMT');
  await sandbox.close();
});
