import type { Variables } from '../config/environment.ts';
import type { Role } from '../domain/actor.ts';
import type { Logger } from '../lib/logger.ts';
import type { ExitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import type { Option } from './option.ts';
import type { Screen } from './screen.ts';

/** One word behind `assay`, loaded. */
export type Command = CommandName & CommandBody;

/** What the list of commands says of it. */
export type CommandName = { readonly name: string; readonly summary: string };

/** What a command's own file says of it. */
export type CommandBody = {
  /** What it takes besides options, for example `<customer>`; empty for none. */
  readonly takes: string;
  /** How many words it takes besides options. */
  readonly positionals: { readonly least: number; readonly most: number };
  readonly options: readonly Option[];
  /** Whose role it takes at least, by its words where that differs. Default `operator`. */
  readonly needs?: Needs | ((words: readonly string[]) => Needs);
  /** Words after the first and options are read by somebody else, as typed. */
  readonly passesOn?: boolean;
  /** What is logged unless LOG_LEVEL says otherwise. Default `warn`. */
  readonly logLevel?: 'info';
  /** What a person should know before using it. */
  readonly about: string;
  /** Command lines without `assay`, each with what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
};

/** `service`: acts as what runs by itself does; `none`: opens no store of an operator's. */
export type Needs = Role | 'service' | 'none';

/** What a command works with. */
export type Invocation = {
  readonly flags: Flags;
  /** What stands behind the command's name, as typed. */
  readonly args: readonly string[];
  /** What whoever acts must be allowed; asked once, where the store is opened. */
  readonly needs: Needs;
  readonly screen: Screen;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Relative paths start here. */
  readonly folder: string;
  readonly variables: Variables;
  readonly log: Logger;
};
