/**
 * Runs `send` until it answers, `ms` have passed or `signal` aborts, whichever comes first. `send`
 * gets a signal to stop by; one that cannot be stopped is left behind and its answer dropped.
 */
export async function withDeadline<T>(
  send: (signal: AbortSignal) => Promise<T>,
  ms: number,
  signal: AbortSignal,
  timedOut: () => Error,
): Promise<T> {
  signal.throwIfAborted();
  const stopper = new AbortController();
  return await new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => stop(timedOut()), ms);
    const onAbort = () => stop(signal.reason);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const stop = (reason: unknown) => {
      settle();
      stopper.abort(reason);
      reject(reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    send(stopper.signal).then(resolve, reject).finally(settle);
  });
}
