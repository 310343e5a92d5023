import { AssayError } from '../domain/assay-error.ts';
import type { Screen } from './screen.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What the shell expects of a process that such a signal ended. */
const exitCodeOfSignal = { SIGINT: 130, SIGTERM: 143 } as const;

/** Aborted by the first Ctrl-C; the second ends the process at once. */
export function interruptSignal(screen: Screen): AbortSignal {
  const controller = new AbortController();
  for (const name of signals)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodeOfSignal[name]);
      screen.say('Stopping; once more to stop at once.');
      controller.abort(interrupted());
    });
  return controller.signal;
}

function interrupted(): AssayError {
  return new AssayError(
    'INTERRUPTED',
    'end-at-checkpoint',
    'Stopped on your word',
    'Start it again: it goes on where this run stopped.',
  );
}
