import { type Arguments, readArguments, usage } from './arguments.ts';
import type { PartName } from './kit/part.ts';
import { type Found, runPart } from './kit/run-cases.ts';
import { noCounts, sumOf } from './kit/tally.ts';
import { parts } from './parts.ts';

/** `npm run test:faults`: everything that may go wrong, and whether it then ends as it must. */
async function main(given: Arguments): Promise<number> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  const found: Found[] = [];
  let counts = noCounts;
  for (const part of parts.filter(({ name }) => given.names.includes(name))) {
    const since = performance.now();
    const { signal } = stop;
    const shared = { say, signal, isSample: false, until: Number.POSITIVE_INFINITY };
    const ran = await runPart(part, { ...given, ...shared });
    counts = sumOf(counts, ran.counts);
    found.push(...ran.found);
    const seconds = Math.round((performance.now() - since) / 1_000);
    say(`${part.name}: ${ran.run} cases in ${seconds} s, ${ran.found.length} not as they must be`);
  }
  for (const one of found) say(`${one.status}: ${again(one.part, one.id, given.seed)}`);
  process.stdout.write(given.isJson ? `${JSON.stringify(counts)}\n` : told(counts));
  return found.length === 0 && !stop.signal.aborted ? 0 : 1;
}

function again(part: PartName, id: string, seed: number): string {
  return `npm run test:faults -- --part ${part} --seed ${seed} --only '${id}'`;
}

function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}: ${count}\n`)
    .join('');
}

/** What was asked for; `null`: what nobody understands, which is said. */
function asked(args: readonly string[]): Arguments | null {
  try {
    return readArguments(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    return null;
  }
}

const given = asked(process.argv.slice(2));
process.exitCode = given === null ? 2 : await main(given);
