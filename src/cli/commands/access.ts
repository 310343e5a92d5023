import { roles } from '../../domain/actor.ts';
import { newToken, tokenHash } from '../../run/admit.ts';
import type { AccessStore } from '../../store/access-store.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderGranted, renderGrants, renderRevoked } from '../views/access.ts';
import { readConfig, withApp } from '../with-app.ts';

/** `assay access`. */
export const access: CommandBody = {
  takes: '[list | grant <name> | revoke <name>]',
  positionals: { least: 0, most: 2 },
  needs: 'admin',
  options: [
    { kind: 'text', name: 'role', value: roles.join('|'), help: 'With grant: what they may do' },
    ...configOptions,
  ],
  about: `Who may do what, by name: a viewer looks, an operator lets write and stops, an admin changes how it is
done. \`grant\` prints a token, once; whoever has it puts it into ASSAY_TOKEN. Until the first is given the
shell's user is an admin; the first is therefore an admin's, and the last admin's cannot be revoked. What
runs by itself (serve, worker, Lambda) acts as \`service\` and shows none. It names who did what and keeps
honest people apart: whoever has the database's password needs no token, see docs/security.md.
With --json: {"grants":[{"name","role","createdAt","createdBy","lastUsedAt"}]}, for grant also {"token"}.`,
  examples: [
    {
      line: 'access grant mary --role admin',
      does: 'the first: from now on everybody shows a token',
    },
    { line: 'access grant ci --role operator', does: 'for a machine' },
    { line: 'access revoke ci', does: 'it is refused from its next command on' },
  ],
  run: async (invocation) => {
    const act = actionOf(invocation);
    await withApp(
      readConfig(invocation),
      invocation,
      async (app) => await act(app.store.access),
      'no policy',
    );
    return exitCodes.done;
  },
};

/** Read before anything is opened. */
function actionOf(invocation: Invocation): (access: AccessStore) => Promise<void> {
  const [verb = 'list', name] = invocation.flags.positionals;
  if (verb === 'list' && name === undefined) return (store) => list(store, invocation);
  if (verb === 'grant' && name !== undefined) return granting(name, invocation);
  if (verb === 'revoke' && name !== undefined) return (store) => revoke(store, name, invocation);
  throw usageInvalid(
    'assay access lists, or grants, or revokes',
    'Write `assay access`, `assay access grant <name> --role …` or `assay access revoke <name>`.',
  );
}

async function list(store: AccessStore, { screen }: Invocation): Promise<void> {
  const grants = await store.list();
  screen.result({ grants }, () => renderGrants(grants));
}

/** As people and machines are called: it stands in the log for ever. */
const namePattern = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

function granting(name: string, { flags, screen }: Invocation) {
  const role = choiceFlag(flags, 'role', roles);
  if (role === undefined)
    throw usageInvalid('A token is of a role', `Write --role ${roles.join(' or --role ')}.`);
  if (!namePattern.test(name) || name === 'service')
    throw usageInvalid(
      `"${name}" cannot be somebody's name`,
      'Take small letters, digits, dots, @ and dashes, at most 64, such as mary or mary@example.com.',
    );
  return async (store: AccessStore): Promise<void> => {
    const token = newToken();
    const granted = await store.grant({ name, role, hash: tokenHash(token) });
    const shown = token.reveal();
    screen.result({ grants: [granted], token: shown }, () => renderGranted(granted, shown));
  };
}

async function revoke(store: AccessStore, name: string, { screen }: Invocation): Promise<void> {
  const revoked = await store.revoke(name);
  screen.result({ grants: [revoked] }, () => renderRevoked(revoked));
}
