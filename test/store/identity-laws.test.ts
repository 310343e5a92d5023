import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import { identityKeys } from '../../src/domain/population.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { JoinScope } from '../../src/store/identity-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { aCustomer, aPull, day, newConnection, save } from '../contract/store/fixtures.ts';
import { type JoinedRecord, personsOf } from './join-model.ts';
import { temporaryFolder } from './temporary-folder.ts';

let store: Store;
let close: () => Promise<void>;

beforeAll(async () => {
  const { path, remove } = await temporaryFolder();
  store = await openStore({ databaseUrl: null, folder: path, clock: systemClock });
  close = async () => {
    await store.close();
    await remove();
  };
});

afterAll(async () => close());

const places = [0, 1, 2] as const;
const few = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: null });
const record: fc.Arbitrary<JoinedRecord> = fc.record({
  place: fc.constantFrom(...places),
  id: fc.constantFrom('1', '2', '3', '4'),
  keys: fc.tuple(
    few(['K1', 'K2', 'K3']),
    few(['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']),
    few(['+49301234567', '+49307654321', '+49301111222']),
  ),
});
const records = fc.uniqueArray(record, {
  selector: ({ place, id }) => `${place}/${id}`,
  maxLength: 12,
});

function asCustomer({ id, keys }: JoinedRecord, at: number): Customer {
  const [externalId = null, email = null, phone = null] = keys;
  return aCustomer(id, { externalId, email, phone, name: null, modifiedAt: day(at) });
}

async function newScope(): Promise<JoinScope> {
  const connections = places.map(newConnection);
  for (const connection of connections) {
    await store.pulls.begin(connection, aPull());
    await store.pulls.finish(connection);
  }
  return { id: `identity:${connections.join('+')}`, connections, by: identityKeys };
}

async function joinedNow({ connections }: JoinScope, all: readonly JoinedRecord[]) {
  const persons = new Set<string>();
  for (const [place, own] of connections.entries()) {
    const ids = all.filter((one) => one.place === place).map(({ id }) => id);
    for (const [id, partners] of await store.identities.partners(own, ids, connections)) {
      const refs = [{ connection: own, id }, ...partners];
      persons.add(
        refs
          .map((ref) => `${connections.indexOf(ref.connection)}/${ref.id}`)
          .toSorted()
          .join(' '),
      );
    }
  }
  return [...persons].toSorted();
}

it('the persons found are those of the rules as written, whatever was there before', async () => {
  const shuffled = records.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all], { minLength: all.length }),
      fc.array(record, { maxLength: 4 }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([all, order, before]) => {
      const scope = await newScope();
      const own = ({ place }: JoinedRecord) => scope.connections[place] ?? '';
      // Others first, under the same ids where there are such: what they join must come undone.
      const kept = before.filter((old) =>
        all.some((one) => one.place === old.place && one.id === old.id),
      );
      for (const one of kept) await save(store, own(one), { customers: [asCustomer(one, 1)] });
      await store.identities.resolve(null, scope);
      for (const [at, one] of order.entries()) {
        await save(store, own(one), { customers: [asCustomer(one, 2)] });
        if (at === Math.floor(order.length / 2)) await store.identities.resolve(null, scope);
      }
      await store.identities.resolve(null, scope);
      expect(await joinedNow(scope, all)).toEqual(personsOf(all));
    }),
    { numRuns: 25 },
  );
}, 240_000);
