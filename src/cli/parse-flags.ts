import { parseArgs } from 'node:util';
import { nearest } from '../lib/nearest.ts';
import type { Command } from './command.ts';
import { Flags } from './flags.ts';
import { commonOptions, type Option } from './option.ts';
import { usageInvalid } from './usage-invalid.ts';

/** Reads what stands behind the command's name; `@throws` AssayError `USAGE_INVALID`. */
export function parseFlags(command: Command, args: readonly string[]): Flags {
  const options = [...command.options, ...commonOptions];
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map(({ name, kind }) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, readonly (string | true)[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const value = checkedValue(command, options, token.rawName, token.value);
    values.set(token.name, [...(values.get(token.name) ?? []), value]);
  }
  const flags = new Flags(values, positionals);
  if (!flags.isSet('help')) checkPositionals(command, positionals);
  return flags;
}

function checkedValue(
  command: Command,
  options: readonly Option[],
  typed: string,
  value: string | undefined,
): string | true {
  const option = options.find(({ name }) => typed === `--${name}`);
  if (option === undefined) throw unknownOption(command, options, typed);
  if (option.kind === 'flag' && value === undefined) return true;
  if (option.kind === 'text' && value !== undefined && value !== '') return value;
  throw usageInvalid(
    option.kind === 'flag' ? `${typed} takes no value` : `${typed} needs a value`,
    option.kind === 'flag' ? `Write ${typed} alone.` : `Write ${typed} <${option.value}>.`,
  );
}

function unknownOption(command: Command, options: readonly Option[], typed: string) {
  const names = options.map(({ name }) => name);
  const close = nearest(typed.replace(/^-+/, ''), names);
  return usageInvalid(
    `assay ${command.name} has no option ${typed}`,
    close === null
      ? `\`assay ${command.name} --help\` lists them.`
      : `Did you mean --${close}? \`assay ${command.name} --help\` lists all.`,
  );
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const { least, most } = command.positionals;
  const todo = `\`assay ${command.name} --help\` shows how it is used.`;
  if (positionals.length < least)
    throw usageInvalid(`assay ${command.name} needs ${command.takes}`, todo);
  const surplus = positionals[most];
  if (surplus !== undefined)
    throw usageInvalid(`assay ${command.name} does not know what to do with "${surplus}"`, todo);
}
