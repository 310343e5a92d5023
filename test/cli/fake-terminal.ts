import { Screen } from '../../src/cli/screen.ts';

/** A screen whose two streams can be read. */
export function fakeTerminal(options: { isTTY?: boolean; isJson?: boolean } = {}) {
  const out: string[] = [];
  const error: string[] = [];
  const stderr = {
    write: (text: string) => error.push(text),
    isTTY: options.isTTY ?? false,
    columns: 80,
  };
  const screen = new Screen({ write: (text) => out.push(text) }, stderr, options.isJson ?? false);
  return { screen, stdout: () => out.join(''), stderr: () => error.join('') };
}
