import { expect, it } from 'vitest';
import { secretsFrom } from '../../src/config/secrets.ts';

it('gives secrets that do not print', () => {
  const secret = secretsFrom({ TOKEN: ' pat-eu1-x ' })
    .read([{ connection: 'main', names: ['TOKEN'] }])
    .get('TOKEN');
  expect(secret?.reveal()).toBe('pat-eu1-x');
  expect(`${secret} ${JSON.stringify({ secret })}`).not.toContain('pat-eu1-x');
});

it('names every missing variable with its connection, and no value', () => {
  const needs = [
    { connection: 'main', names: ['TOKEN', 'OTHER'] },
    { connection: 'second', names: ['THIRD'] },
  ];
  expect(() => secretsFrom({ TOKEN: 'pat-eu1-x', OTHER: '' }).read(needs)).toThrowError(
    expect.objectContaining({
      code: 'SECRET_MISSING',
      disposition: 'refuse-to-start',
      message: expect.stringMatching(
        /^(?!.*pat-eu1).*OTHER \(connection main\), THIRD \(connection second\)$/,
      ),
    }),
  );
});
