import type { ConsentGround } from '../../run/connect.ts';

/** What a person should know when the environment is to hold a refresh token as well. */
export function tokenNotes({ flow, input }: ConsentGround): readonly string[] {
  const name = flow.tokenName(input.settings);
  if (name === null) return [];
  const out = 'take refreshTokenEnv out of the settings';
  return input.secrets.has(name)
    ? [`${name} is set as well. What was connected now counts until that changes: ${out}.`]
    : [`The settings name ${name}, which is not set, so that commands refuse to start: ${out}.`];
}
