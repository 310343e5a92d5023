import { type App, openApp } from '../app.ts';
import { loadPolicy } from '../config/load-policy.ts';
import type { SqsQueues } from '../jobs/sqs-messages.ts';
import { openSqsQueues } from '../jobs/sqs-open.ts';
import { defaultRetryRules } from '../jobs/verdict.ts';
import type { WorkContext } from '../jobs/work-on.ts';
import { defaultWorkSettings } from '../jobs/work-settings.ts';
import { openContainer } from './open-container.ts';

/** The whole app, with what works on a batch of SQS. */
export type LambdaApp = {
  readonly app: App;
  readonly queues: SqsQueues;
  readonly batch: WorkContext & { readonly sliceMs: number };
};

/** For the functions that work. */
export async function openLambdaApp(): Promise<LambdaApp> {
  const { config, sqs, clock, log } = openContainer();
  const policy = () => loadPolicy(config.policyFile, process.cwd());
  const app = await openApp({ config, policy, clock, log });
  const { sliceMs } = config.work ?? defaultWorkSettings;
  const batch = { rules: defaultRetryRules, clock, log, tell: app.tell, sliceMs };
  return { app, queues: openSqsQueues(sqs), batch };
}
