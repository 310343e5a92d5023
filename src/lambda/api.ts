import serverless from 'serverless-http';
import { httpInputOf } from '../http/app-input.ts';
import { httpApp } from '../http/http-app.ts';
import { openIntake } from '../intake.ts';
import { oncePerContainer, openContainer } from './open-container.ts';

const opened = oncePerContainer(async () => {
  const container = openContainer();
  const intake = await openIntake(container);
  const queue = await intake.queue();
  return serverless(httpApp(httpInputOf(intake, { ...container, queue })));
});

/** HTTP API (payload 2.0) → the Express app of `src/http`. */
export async function handler(event: object, context: object): Promise<object> {
  const answer = await opened();
  return await answer(event, context);
}
