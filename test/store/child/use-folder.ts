import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { systemClock } from '../../../src/lib/clock.ts';
import { databaseOf } from '../../../src/store/database.ts';
import { openEngine } from '../../../src/store/open-engine.ts';

/**
 * A process on a folder that does what each line of its input says, and answers with a line:
 * `note <word>` in a transaction of its own, `list` of all that was noted, `begin <word>` a transaction
 * that is never ended, `hear` and `tell <connection>`, `close`.
 */
const [, , folder = ''] = process.argv;
const engine = await openEngine({ databaseUrl: null, folder, clock: systemClock });
const database = databaseOf(engine);
const say = (line: string) => void process.stdout.write(`${line}\n`);

const deeds: Readonly<Record<string, (word: string) => Promise<void>>> = {
  note: async (word) => {
    await database.transaction(async (trx) => {
      await sql`create table if not exists noted (word text)`.execute(trx);
      await sql`insert into noted values (${word})`.execute(trx);
    });
    say('noted');
  },
  list: async () => {
    const { rows } = await database.query((db) =>
      sql<{ readonly word: string }>`select word from noted order by word`.execute(db),
    );
    say(rows.map(({ word }) => word).join(' '));
  },
  begin: (word) =>
    database.transaction(async (trx) => {
      await sql`insert into noted values (${word})`.execute(trx);
      say('begun');
      await new Promise(() => undefined);
    }),
  hear: async () => {
    engine.hear(({ connection }) => say(`heard ${connection}`));
    say('hears');
  },
  tell: async (connection) => say(`told ${await engine.tell({ connection, reason: 'manual' })}`),
  close: async () => {
    await engine.close();
    say('closed');
    process.exit(0);
  },
};

say('open');
for await (const line of createInterface({ input: process.stdin })) {
  const [deed = '', word = ''] = line.split(' ');
  await deeds[deed]?.(word).catch((error: unknown) => say(String(error)));
}
