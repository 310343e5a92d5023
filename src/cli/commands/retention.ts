import { defaultSchedule } from '../../config/schedule-schema.ts';
import { countOld, forgetOld } from '../../jobs/retention.ts';
import { withLease } from '../../run/with-lease.ts';
import type { CommandBody } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { renderForgotten } from '../views/forgotten.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay retention`. */
export const retention: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'admin',
  options: [
    { kind: 'flag', name: 'dry-run', help: 'Say what would be forgotten, and forget nothing' },
    connectionOption,
    ...configOptions,
  ],
  about: `Forgets what is older than the connection's \`schedule.keepDays\` (default 400): plans with their changes
and receipts, runs with their reports, scores of the past, cleared overrides, ledgers, alerts, cut points and
policies that nothing kept was made by; whoever left the CRM so long ago is known by number alone. Plans of
webhooks that changed nothing go after a week. What waits, what is half done and the newest of everything stay; the
log is never touched. \`assay rollback\` reaches back as far as plans are kept. \`assay serve\` does it every night.
With --json: {"connection","keepDays","dryRun","forgotten"}.`,
  examples: [
    { line: 'retention --dry-run', does: 'how much is older' },
    { line: 'retention --connection main', does: 'forgets it now' },
  ],
  run: async (invocation) => {
    const dryRun = invocation.flags.isSet('dry-run');
    return await withOneConnection(invocation, async (ctx, { config }) => {
      const { connection, store, clock, log, signal } = ctx;
      const own = config.connections.find(({ id }) => id === connection);
      const { keepDays } = own?.schedule ?? defaultSchedule;
      const forgotten = dryRun
        ? await countOld({ connection, keepDays, store, clock })
        : await withLease(ctx, async (held) =>
            forgetOld({ connection, keepDays, store: held.store, clock, log, signal }),
          );
      const report = { connection, keepDays, dryRun, forgotten };
      invocation.screen.result(report, () => renderForgotten(report));
      return exitCodes.done;
    });
  },
};
