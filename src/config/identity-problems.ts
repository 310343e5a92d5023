import { z } from 'zod';

/** What is wrong between `identity` and the rest of the file. */
type Problem = { readonly code: 'custom'; readonly path: PropertyKey[]; readonly message: string };

/** As far as it can be read: the rest of the file may be wrong. */
const part = z.object({
  connections: z.record(z.string(), z.unknown()),
  identity: z.array(
    z.object({
      connections: z.array(z.string()).catch([]),
      by: z.array(z.unknown()).catch([]),
    }),
  ),
});

const scored = z.object({ subject: z.string().default('contact') });

/** Groups name connections there are, each once in the whole file, all of one subject. */
export function identityProblems(written: unknown): readonly Problem[] {
  const read = part.safeParse(written);
  if (!read.success) return [];
  const { connections, identity } = read.data;
  const seen = new Map<string, number>();
  return identity.flatMap((group, at) => [
    ...group.connections.flatMap((name, place) => {
      const path = ['identity', at, 'connections', place];
      const before = seen.get(name);
      seen.set(name, at);
      if (before !== undefined) return problem(path, repeated(name, before === at));
      return Object.hasOwn(connections, name) ? [] : problem(path, unknown(name, connections));
    }),
    ...group.by.flatMap((key, place) =>
      group.by.indexOf(key) === place
        ? []
        : problem(['identity', at, 'by', place], `\`${String(key)}\` stands here twice`),
    ),
    ...otherSubjects(group.connections, connections).map((name) =>
      problem(
        ['identity', at, 'connections', group.connections.indexOf(name)],
        `\`${name}\` scores another subject than \`${group.connections[0]}\`; give both the same`,
      ),
    ),
  ]);
}

function problem(path: PropertyKey[], message: string): Problem {
  return { code: 'custom', path, message };
}

function repeated(name: string, inSame: boolean): string {
  return inSame
    ? `\`${name}\` stands here twice`
    : `\`${name}\` is in another group; a connection is in one at most`;
}

function unknown(name: string, known: Readonly<Record<string, unknown>>): string {
  return `no connection has the name \`${name}\`; there are ${Object.keys(known).join(', ')}`;
}

function otherSubjects(
  names: readonly string[],
  connections: Readonly<Record<string, unknown>>,
): readonly string[] {
  const subjects = names.flatMap((name) => {
    const read = scored.safeParse(connections[name]);
    return read.success ? [{ name, subject: read.data.subject }] : [];
  });
  return subjects.filter(({ subject }) => subject !== subjects[0]?.subject).map(({ name }) => name);
}
