import { askWaiting } from '../jobs/ask-waiting.ts';
import { tick } from '../jobs/schedule.ts';
import { oncePerContainer } from './open-container.ts';
import { openLambdaApp } from './open-lambda-app.ts';

const opened = oncePerContainer(openLambdaApp);

/** As the two schedules of `serverless.yml` ask. */
export type ScheduledEvent = { readonly task: 'tick' | 'ask-waiting' };

/** EventBridge Scheduler → what came due is asked for; what a lost queue forgot is asked for again. */
export async function handler({ task }: ScheduledEvent): Promise<void> {
  const { app } = await opened();
  const source = await app.schedule();
  const connections = source.connections.map(({ connection }) => connection);
  if (task === 'ask-waiting') await askWaiting({ ...source, connections });
  else await tick(source);
}
