import { listIdentity } from '../../run/list-identity.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { renderIdentity } from '../views/identity.ts';
import { readConfig, withApp } from '../with-app.ts';

/** Findings of a kind in the document. */
const LIMIT = 1_000;

/** `assay identity`. */
export const identity: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'viewer',
  options: configOptions,
  about: `Says of each group under \`identity\` in config/assay.yaml how many customers its connections share and by
which key they are joined; then what a person should look at, since nothing is ever merged: conflicts (a
key says one customer, a more trusted one says two), keys that two customers of one connection share, and
orders of one number that two CRMs know differently. Looks at what was pulled; makes no call.
With --json: {"groups":[…]}, the first ${LIMIT} findings of each kind.`,
  examples: [
    { line: 'identity', does: 'for reading' },
    { line: 'identity --json | jq .groups[0].joined', does: 'how many, by key' },
  ],
  run: async (invocation) => {
    const config = readConfig(invocation);
    const groups = await withApp(config, invocation, async ({ store }) => {
      const listed = [];
      for (const group of config.identity ?? [])
        listed.push(await listIdentity(store, group, LIMIT));
      return listed;
    });
    invocation.screen.result({ groups }, () => renderIdentity(groups));
    return exitCodes.done;
  },
};
