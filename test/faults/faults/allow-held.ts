import { approvePlan } from '../../../src/run/decide-plan.ts';
import { guardsOf } from '../../../src/run/held-plan.ts';
import type { Desk } from './desk.ts';

/** Somebody looks at what guards hold, and lets it be written. */
export async function allowHeld({ app, clock, log }: Desk): Promise<void> {
  const held = await app.store.plans.list({
    ...{ connections: ['main'], statuses: ['held'], rescorings: true, limit: 10 },
  });
  const ctx = { store: app.store, actor: app.actor, mode: 'auto', clock, log } as const;
  for (const plan of held)
    await approvePlan(ctx, plan, { guards: guardsOf(plan), why: 'looked at' });
}
