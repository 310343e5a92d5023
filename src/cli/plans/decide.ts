import type { App } from '../../app.ts';
import type { Plan } from '../../domain/plan.ts';
import { defaultWrites } from '../../domain/write-settings.ts';
import { systemClock } from '../../lib/clock.ts';
import type { DecideContext } from '../../run/decide-plan.ts';
import type { Invocation } from '../command.ts';
import type { Flags } from '../flags.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** A person's word on a plan, by its connection's mode. */
export function decideContext(
  { store, actor, config }: App,
  { connection }: Plan,
  { log }: Pick<Invocation, 'log'>,
): DecideContext {
  const own = config.connections.find(({ id }) => id === connection);
  const { mode } = own?.writes ?? defaultWrites;
  return { store, actor, mode, clock: systemClock, log };
}

/** The reason that the log keeps. @throws AssayError `USAGE_INVALID` without one. */
export function whyOf(flags: Flags): string {
  const why = flags.text('why')?.trim() ?? '';
  if (why !== '') return why;
  throw usageInvalid(
    'A reason is wanted',
    'Write --why "…": it is kept in the log with your name.',
  );
}
