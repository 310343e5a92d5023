/** One option of a command: what the parser takes and the help says are the same thing. */
export type Option =
  | { readonly kind: 'flag'; readonly name: string; readonly help: string }
  | {
      readonly kind: 'text';
      readonly name: string;
      /** What stands for the value in the help, for example `file`. */
      readonly value: string;
      readonly help: string;
    };

const json: Option = {
  kind: 'flag',
  name: 'json',
  help: 'Print one JSON document on stdout, everything else on stderr',
};
const debug: Option = { kind: 'flag', name: 'debug', help: 'Print stack traces of errors' };
const help: Option = { kind: 'flag', name: 'help', help: 'Print this text' };

/** Taken by every command. */
export const commonOptions: readonly Option[] = [json, debug, help];

/** Taken by every command that reads `config/`. */
export const configOptions: readonly Option[] = [
  {
    kind: 'text',
    name: 'config',
    value: 'file',
    help: 'Connections; default $ASSAY_CONFIG, then config/assay.yaml',
  },
  {
    kind: 'text',
    name: 'policy',
    value: 'file',
    help: 'Scoring policy; default $ASSAY_POLICY, then config/policy.yaml',
  },
];

/** Taken by every command that works on connections. */
export const connectionOption: Option = {
  kind: 'text',
  name: 'connection',
  value: 'name',
  help: 'Which connection of the config; default the only one',
};

/** Taken by every command that scores or plans. */
export const asOfOption: Option = {
  kind: 'text',
  name: 'as-of',
  value: 'day',
  help: 'Count days to this one (YYYY-MM-DD); default today in the account’s time zone',
};
