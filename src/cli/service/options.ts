import type { Flags } from '../flags.ts';
import { configOptions, type Option } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';

const mostParallel = 64;

/** Taken by `serve` and `worker`. */
export const serviceOptions: readonly Option[] = [
  {
    kind: 'text',
    name: 'parallel',
    value: 'n',
    help: 'Connections that are worked on at once; default 4',
  },
  ...configOptions,
];

/** Where a worker shows itself. */
export const watchOptions: readonly Option[] = [
  {
    kind: 'text',
    name: 'port',
    value: 'n',
    help: 'Shows /metrics and /healthz there; default: nowhere',
  },
  { kind: 'text', name: 'host', value: 'address', help: 'Of that port; default 127.0.0.1' },
];

/** Where `serve` listens. */
export const listenOptions: readonly Option[] = [
  { kind: 'text', name: 'port', value: 'n', help: 'Default 8080; 0 takes any that is free' },
  {
    kind: 'text',
    name: 'host',
    value: 'address',
    help: 'Default 127.0.0.1, this machine alone; 0.0.0.0 for all',
  },
];

export function parallelOf(flags: Flags): number {
  const parallel = flags.count('parallel') ?? 4;
  if (parallel >= 1 && parallel <= mostParallel) return parallel;
  throw usageInvalid(
    `--parallel goes from 1 to ${mostParallel}`,
    'Write for example --parallel 4.',
  );
}

export function addressOf(flags: Flags): { readonly host: string; readonly port: number } {
  const port = flags.count('port') ?? 8_080;
  if (port <= 65_535) return { host: flags.text('host') ?? '127.0.0.1', port };
  throw usageInvalid('--port goes up to 65535', 'Write for example --port 8080.');
}
