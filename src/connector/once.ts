/** Asks the first time and remembers the answer; a failure is not remembered. */
export function once<T>(
  ask: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  let asked: Promise<T> | null = null;
  return async (signal) => {
    const current = asked ?? ask(signal);
    asked = current;
    try {
      return await current;
    } catch (error) {
      if (asked === current) asked = null;
      throw error;
    }
  };
}
