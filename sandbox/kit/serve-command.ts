import { once } from 'node:events';

/** Where the command writes, and when it ends. */
export interface CommandContext {
  /** Takes whole lines, without their newline. */
  readonly print: (line: string) => void;
  /** Ends the command; it then closes the sandbox and returns. */
  readonly signal: AbortSignal;
}

export type SandboxCommand = (argv: readonly string[], context: CommandContext) => Promise<void>;

interface Served {
  close(): Promise<void>;
}

/** What one sandbox is, on the command line. */
interface ServeWords<O extends { readonly json: boolean }, S extends Served> {
  readonly usage: string;
  readonly parse: (argv: readonly string[]) => O;
  readonly open: (options: O) => Promise<S>;
  /** For programs: one line of JSON. */
  readonly facts: (sandbox: S) => Readonly<Record<string, unknown>>;
  /** For people. */
  readonly welcome: (sandbox: S) => string;
}

/**
 * `assay sandbox <crm>`: serves until the signal is aborted. Throws an `Error` with a message for a
 * person when the options make no sense or the port is taken.
 */
export function sandboxCommand<O extends { readonly json: boolean }, S extends Served>(
  words: ServeWords<O, S>,
): SandboxCommand {
  return async (argv, { print, signal }) => {
    if (argv.includes('--help')) {
      print(words.usage);
      return;
    }
    const options = words.parse(argv);
    const sandbox = await words.open(options);
    print(options.json ? JSON.stringify(words.facts(sandbox)) : words.welcome(sandbox));
    if (!signal.aborted) await once(signal, 'abort');
    await sandbox.close();
  };
}

/** Runs the command as this process, until it is told to stop. */
export async function runAsProcess(command: SandboxCommand): Promise<void> {
  try {
    await command(process.argv.slice(2), { print: console.log, signal: untilStopped() });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}

function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
