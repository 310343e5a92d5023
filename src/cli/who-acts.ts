import { userInfo } from 'node:os';
import { readEnvironment } from '../config/environment.ts';
import { type Actor, serviceActor } from '../domain/actor.ts';
import { Secret } from '../lib/secret.ts';
import { admit } from '../run/admit.ts';
import type { AccessStore } from '../store/access-store.ts';
import type { Invocation } from './command.ts';

/**
 * Who acts by this command, as the store knows them.
 * @throws AssayError `ACCESS_TOKEN_MISSING`, `ACCESS_TOKEN_UNKNOWN`, `ACCESS_ROLE_NEEDED`.
 */
export async function whoActs(
  access: AccessStore,
  { needs, variables }: Pick<Invocation, 'needs' | 'variables'>,
): Promise<Actor> {
  if (needs === 'service' || needs === 'none') return serviceActor;
  const { ASSAY_TOKEN: text = '' } = readEnvironment(variables);
  const token = text === '' ? null : new Secret(text);
  return await admit(access, { needed: needs, token, user: shellUser() });
}

/** A container's user may have a number and no name. */
function shellUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
