import { readEnvironment } from '../config/environment.ts';
import { readVariables } from '../config/variables.ts';
import { nearest } from '../lib/nearest.ts';
import type { Command, Needs } from './command.ts';
import { commands } from './commands.ts';
import { type ExitCode, exitCodeOfError, exitCodes } from './exit-code.ts';
import { Flags } from './flags.ts';
import { interruptSignal } from './interrupt.ts';
import { screenLog } from './log.ts';
import { outliveReader } from './outlive-reader.ts';
import { parseFlags } from './parse-flags.ts';
import { Screen } from './screen.ts';
import { usageInvalid } from './usage-invalid.ts';
import { version } from './version.ts';
import { errorDocument, renderError } from './views/error.ts';
import { renderOverview, renderUsage } from './views/help.ts';

/** Runs what stands behind `assay`; never throws. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  outliveReader([process.stdout, process.stderr]);
  const screen = new Screen(process.stdout, process.stderr, args.includes('--json'));
  try {
    return await carryOut(args, screen);
  } catch (error) {
    screen.status('');
    screen.say(renderError(error, { stack: args.includes('--debug') }));
    if (screen.isJson) screen.result(errorDocument(error), () => '');
    return exitCodeOfError(error);
  }
}

async function carryOut(args: readonly string[], screen: Screen): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version') return print(screen, { version: version() }, version());
  if (name === undefined || name === '--help' || name === 'help') return await help(rest, screen);
  const command = await commandNamed(name);
  const passesOn = command.passesOn === true && rest[0] !== undefined && !rest[0].startsWith('-');
  const flags = passesOn ? new Flags(new Map()) : parseFlags(command, rest);
  if (flags.isSet('help')) return usage(command, screen);
  const folder = process.cwd();
  const variables = readVariables(folder);
  const log = screenLog(screen, readEnvironment(variables).LOG_LEVEL ?? command.logLevel ?? 'warn');
  const signal = interruptSignal(screen);
  const needs = needsOf(command, flags.positionals);
  return await command.run({ flags, args: rest, needs, screen, signal, folder, variables, log });
}

function needsOf({ needs = 'operator' }: Command, words: readonly string[]): Needs {
  return typeof needs === 'function' ? needs(words) : needs;
}

async function help([name]: readonly string[], screen: Screen): Promise<ExitCode> {
  if (name !== undefined && !name.startsWith('-')) return usage(await commandNamed(name), screen);
  const listed = commands.map(({ name: word, summary }) => ({ name: word, summary }));
  return print(screen, { commands: listed }, renderOverview(listed));
}

function usage(command: Command, screen: Screen): ExitCode {
  const { name, summary, options, examples } = command;
  return print(screen, { name, summary, options, examples }, renderUsage(command));
}

function print(screen: Screen, document: unknown, text: string): ExitCode {
  screen.result(document, () => text);
  return exitCodes.done;
}

async function commandNamed(name: string): Promise<Command> {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return { ...found, ...(await found.load()) };
  const close = nearest(
    name,
    commands.map((command) => command.name),
  );
  throw usageInvalid(
    name.startsWith('-') ? `The command comes before ${name}` : `There is no command "${name}"`,
    close === null
      ? '`assay --help` lists them.'
      : `Did you mean \`assay ${close}\`? \`assay --help\` lists all.`,
  );
}
