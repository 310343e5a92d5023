/** Several who are told of the same. */
export type Listeners<T> = {
  readonly tell: (event: T) => void;
  readonly listen: (listener: (event: T) => void) => void;
};

/** @param onFault told when a listener throws: whoever tells is never stopped by it. */
export function newListeners<T>(onFault: (error: unknown) => void): Listeners<T> {
  const all: ((event: T) => void)[] = [];
  return {
    listen: (listener) => {
      all.push(listener);
    },
    tell: (event) => {
      for (const listener of all)
        try {
          listener(event);
        } catch (error) {
          onFault(error);
        }
    },
  };
}
