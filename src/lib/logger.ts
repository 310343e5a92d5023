/** Facts of one event; the second argument names it: `log.info({ count }, 'pull.page')`. */
export type LogFacts = Readonly<Record<string, unknown>>;

type LogEvent = (facts: LogFacts, event: string) => void;

/** Events, not sentences. No personal data above debug, no token ever. pino satisfies it. */
export type Logger = {
  readonly debug: LogEvent;
  readonly info: LogEvent;
  readonly warn: LogEvent;
  readonly error: LogEvent;
};

const nothing: LogEvent = () => undefined;

/** For tests and for the CLI without `--log`. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
