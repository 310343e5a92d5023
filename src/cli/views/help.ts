import type { Command, CommandName } from '../command.ts';
import { commonOptions, type Option } from '../option.ts';
import { indent, table } from './table.ts';

/** `assay --help`. */
export function renderOverview(commands: readonly CommandName[]): string {
  return `assay scores the customers in your CRM and writes tiers, scores and lists back.

Usage: assay <command> [options]

Commands
${indent(
  table(
    commands.map(({ name, summary }) => [name, summary]),
    ['left', 'left'],
  ),
)}

  assay <command> --help shows what a command takes; assay --version the version.
  Without an account: assay demo.

Exit codes
${indent(table(exitRows, ['right', 'left']))}`;
}

const exitRows = [
  ['0', 'done'],
  ['1', 'done, but the CRM rejected some changes'],
  ['2', 'configuration: settings, secrets, policy or the command line; nothing was begun'],
  ['3', 'refused by a guard: a person decides'],
  ['4', 'paused, or ended at its checkpoint (quota, Ctrl-C): the next run goes on from there'],
  ['5', 'anything else'],
] as const;

/** `assay <command> --help`. */
export function renderUsage(command: Command): string {
  const takes = command.takes === '' ? '' : ` ${command.takes}`;
  const options = [...command.options, ...commonOptions];
  const examples = command.examples.map(({ line, does }) => [`assay ${line}`, does]);
  return `${command.summary}

Usage: assay ${command.name}${takes} [options]

${command.about}

Options
${indent(table(options.map(optionRow), ['left', 'left']))}

Examples
${indent(table(examples, ['left', 'left']))}`;
}

function optionRow(option: Option): readonly string[] {
  const value = option.kind === 'text' ? ` <${option.value}>` : '';
  return [`--${option.name}${value}`, option.help];
}
