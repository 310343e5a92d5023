import { parseArgs } from 'node:util';
import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { readVariables } from '../../src/config/variables.ts';
import { silentProgress } from '../../src/domain/progress.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { planStage } from '../../src/run/plan-stage.ts';
import { newRunId } from '../../src/run/run-id.ts';
import { withLease } from '../../src/run/with-lease.ts';

/** Times the plan stage alone of a connection that is scored, in a process of its own; prints JSON. */
const { values } = parseArgs({
  options: {
    config: { type: 'string', default: '' },
    'as-of': { type: 'string', default: '' },
    /** Compare every customer, as `assay plan` does; else whom no plan has compared, as a run does. */
    everybody: { type: 'boolean', default: false },
  },
});

const folder = process.cwd();
const config = loadConfig({
  ...{ folder, variables: readVariables(folder) },
  ...{ configFile: values.config, policyFile: undefined },
});
const policy = loadPolicy(config.policyFile, folder);
const app = await openApp({ config, policy, clock: systemClock, log: silentLogger });
const { signal } = new AbortController();
const opened = await app.openConnection('main', { progress: silentProgress, signal });
const document = await withLease(opened.context, async (held) => {
  const { quota } = await held.connector.account(signal);
  const what = { asOf: values['as-of'], onlyUnplanned: !values.everybody, quota };
  const since = performance.now();
  const planned = await planStage(held, newRunId(systemClock.now()), what);
  const ms = Math.round(performance.now() - since);
  const plan = planned.kind === 'made' ? planned.plan : planned.behind;
  return { ms, id: plan.id, status: plan.status, changes: plan.summary.changes };
});
await opened.close();
await app.close();
process.stdout.write(`${JSON.stringify(document)}\n`);
