import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

type Started = {
  readonly ended: Promise<Ended>;
  /** At its keyboard, with a return at the end. */
  readonly type: (line: string) => void;
  readonly interrupt: () => void;
  /** As `| head` does once it has its lines. */
  readonly stopReading: () => void;
  /** As a supervisor asks. */
  readonly terminate: () => void;
  readonly pid: number;
  /** So far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Without a word, as a power switch would. */
  readonly kill: () => void;
};

/** A folder an operator starts assay in: with `config/assay.yaml` and a `.env`. */
export type Workplace = {
  readonly folder: string;
  readonly writeConfig: (yaml: string) => void;
  /** Runs the real command line in it; only PATH and `variables` are in its environment. */
  readonly assay: (args: readonly string[], variables?: Record<string, string>) => Promise<Ended>;
  /** The same, to be interrupted. */
  readonly start: (args: readonly string[], variables?: Record<string, string>) => Started;
  readonly remove: () => void;
};

export function openWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
  mkdirSync(join(folder, 'config'));
  return {
    folder,
    writeConfig: (yaml) => writeFileSync(join(folder, 'config', 'assay.yaml'), yaml),
    assay: (args, variables = {}) => startAssay(args, folder, variables).ended,
    start: (args, variables = {}) => startAssay(args, folder, variables),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** One HubSpot connection against a sandbox. */
export function sandboxConfig(url: string, more = ''): string {
  return `connections:
  main:
    crm: hubspot
    settings:
      token: HUBSPOT_TOKEN
      baseUrl: ${url}
${more}`;
}

function startAssay(
  args: readonly string[],
  cwd: string,
  variables: Record<string, string>,
): Started {
  const env = {
    PATH: process.env['PATH'] ?? '',
    ASSAY_POLICY: join(root, 'config', 'policy.yaml'),
    ...variables,
  };
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...args], { cwd, env });
  const out: string[] = [];
  const error: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => error.push(text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const stderr = error.join('');
      // Of a leak, or of what a package does that Node will soon refuse: no user can do anything about it.
      const warning = /^\(node:\d+\).*$/m.exec(stderr);
      if (warning === null) resolve({ code, stdout: out.join(''), stderr });
      else reject(new Error(`assay ${args.join(' ')} made Node warn: ${warning[0]}`));
    });
  });
  return {
    ended,
    type: (line) => void child.stdin.write(`${line}\n`),
    interrupt: () => child.kill('SIGINT'),
    stopReading: () => void child.stdout.destroy(),
    terminate: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
    pid: child.pid ?? 0,
    stdout: () => out.join(''),
    stderr: () => error.join(''),
  };
}
