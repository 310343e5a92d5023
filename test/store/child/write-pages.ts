import { systemClock } from '../../../src/lib/clock.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { aCustomer, aDeal, aPage, aPull, aTask } from '../../contract/store/fixtures.ts';

/** Saves page after page, each with its number as the cursor, and says so, until it is killed. */
const [, , folder = '', connection = ''] = process.argv;
const store = await openStore({ databaseUrl: null, folder, clock: systemClock });
await store.pulls.begin(connection, aPull({ tasks: [aTask('t', { cursor: '0' })] }));
for (let page = 1; ; page += 1) {
  const ids = Array.from({ length: 20 }, (_, at) => `${page}-${at}`);
  const customers = ids.map((id) => aCustomer(id));
  const deals = ids.map((id) => aDeal(id, [id]));
  const next = aTask('t', { cursor: String(page) });
  await store.pulls.savePage(connection, aPage({ customers, deals, taskKey: 't', next }));
  process.stdout.write(`${page}\n`);
}
