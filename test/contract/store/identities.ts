import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/domain/customer.ts';
import { type IdentityKey, identityKeys } from '../../../src/domain/population.ts';
import type { JoinScope } from '../../../src/store/identity-store.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  aCustomer,
  aDeal,
  aPull,
  archived,
  aScore,
  clean,
  day,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
} from './fixtures.ts';

/** A customer of whom only this is known. */
function someone(id: string, values: Partial<Customer> = {}): Customer {
  return aCustomer(id, { externalId: null, email: null, name: null, country: null, ...values });
}

/** Connections that were pulled to an end. */
async function aGroup(
  store: Store,
  count: number,
  by: readonly IdentityKey[] = identityKeys,
): Promise<JoinScope> {
  const connections = Array.from({ length: count }, newConnection);
  for (const connection of connections) {
    await store.pulls.begin(connection, aPull());
    await store.pulls.finish(connection);
  }
  return { id: `identity:${connections.join('+')}`, connections, by };
}

/** Who is one person across connections. */
export function describeIdentities(get: GetStore): void {
  /** Saves customers by connection, joins, and tells each person as `position:id` of its records. */
  const joined = async (
    customers: readonly (readonly Customer[])[],
    by: readonly IdentityKey[] = identityKeys,
  ) => {
    const scope = await aGroup(get(), customers.length, by);
    for (const [at, own] of customers.entries())
      await save(get(), scope.connections[at] ?? '', { customers: own });
    return { scope, persons: await personsNow(scope, customers) };
  };

  const personsNow = async (scope: JoinScope, customers: readonly (readonly Customer[])[]) => {
    const [own = ''] = scope.connections;
    await get().identities.resolve(own, scope);
    return knownPersons(get(), scope, customers);
  };

  describe('customers of several connections', () => {
    it('are joined by the most trusted key that both have', async () => {
      const { scope, persons } = await joined([
        [someone('1', { externalId: 'K1' }), someone('2', { email: 'Bo@example.com' })],
        [
          someone('7', { email: 'bo@example.com ' }),
          someone('8', { externalId: ' K1 ', email: 'other@example.com' }),
          someone('9', { phone: '+44 20 7946 0958' }),
        ],
      ]);
      expect(persons).toEqual(['0:1 1:8', '0:2 1:7']);
      const { joined: counts, conflicts, duplicates } = await get().identities.counts(scope);
      expect(counts).toEqual({ externalId: 1, email: 1, phone: 0 });
      expect([conflicts, duplicates]).toEqual([0, 0]);
    });

    it('are joined by nothing that the group does not name', async () => {
      const email = 'a@example.com';
      const two = [[someone('1', { email })], [someone('2', { email })]];
      expect((await joined(two, ['phone'])).persons).toEqual([]);
      expect((await joined(two, ['phone', 'email'])).persons).toEqual(['0:1 1:2']);
    });

    it('are told apart by a more trusted key, and the conflict is listed', async () => {
      const email = 'a@example.com';
      const { scope, persons } = await joined([
        [someone('1', { externalId: 'K1', email }), someone('2', { externalId: 'K3' })],
        [
          someone('7', { externalId: 'K2', email }),
          someone('8', { externalId: 'K3', email: 'x@y.z' }),
        ],
        [someone('9', { email: 'x@y.z' })],
      ]);
      expect(persons).toEqual(['0:2 1:8 2:9']);
      const { conflictsShown } = await get().identities.list(scope, 10);
      const [a = '', b = ''] = scope.connections;
      const members = [
        { connection: a, id: '1' },
        { connection: b, id: '7' },
      ];
      expect(conflictsShown).toEqual([{ by: 'email', against: 'externalId', members, size: 2 }]);
    });

    it('are not joined when that would make two of one connection one', async () => {
      const { scope, persons } = await joined([
        [someone('1', { externalId: 'K1', email: 'a@example.com' })],
        [someone('7', { externalId: 'K1' }), someone('8', { email: 'a@example.com' })],
      ]);
      expect(persons).toEqual(['0:1 1:7']);
      const { conflictsShown } = await get().identities.list(scope, 10);
      expect(conflictsShown).toMatchObject([{ by: 'email', against: 'connection', size: 3 }]);
    });

    it('are joined by no key that two of one connection share; a later key may tell which', async () => {
      const email = 'a@example.com';
      const phone = '+49 30 1234567';
      const { scope, persons } = await joined([
        [someone('1', { email }), someone('2', { email, phone })],
        [someone('7', { email, phone })],
      ]);
      expect(persons).toEqual(['0:2 1:7']);
      const { duplicatesShown, conflicts } = await get().identities.list(scope, 10);
      expect(duplicatesShown).toMatchObject([{ by: 'email', against: null, size: 3 }]);
      expect(conflicts).toBe(0);
    });

    it('that hang together by contradicting keys are joined all or none', async () => {
      const { persons } = await joined([
        [someone('1', { externalId: 'K1', email: 'a@example.com' })],
        [someone('7', { externalId: 'K1', email: 'b@example.com' })],
        [someone('8', { email: 'a@example.com' }), someone('9', { email: 'b@example.com' })],
      ]);
      expect(persons).toEqual(['0:1 1:7']);
    });
  });

  describe('a joined customer', () => {
    const email = 'a@example.com';
    const couple = [[someone('1', { email })], [someone('7', { email })]] as const;

    it('is parted and joined again as records change, go, merge and come back', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      const now = async (
        ...page: Parameters<typeof save> extends [unknown, unknown, ...infer P] ? P : never
      ) => {
        await save(get(), b, ...page);
        return personsNow(scope, [couple[0], [...couple[1], someone('8')]]);
      };
      const moved = { email: 'b@example.com', modifiedAt: day(2) };
      expect(await now({ customers: [someone('7', moved)] })).toEqual([]);
      expect(await now({ customers: [someone('7', { email, modifiedAt: day(3) })] })).toEqual([
        '0:1 1:7',
      ]);
      expect(await now({ removals: [archived('customers', '7')] })).toEqual([]);
      expect(await now({ customers: [someone('7', { email, modifiedAt: day(4) })] })).toEqual([
        '0:1 1:7',
      ]);
      const into = someone('8', { email, previousIds: ['7'], modifiedAt: day(5) });
      expect(await now({ customers: [into] })).toEqual(['0:1 1:8']);
      await save(get(), a, { customers: [someone('2', { email })] });
      expect(await personsNow(scope, [[someone('1'), someone('2')], [someone('8')]])).toEqual([]);
    });

    it('is scored again in every connection when it is joined or parted', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      await resolveAll(scope);
      expect([await dirtyIds(get(), a), await dirtyIds(get(), b)]).toEqual([['1'], ['7']]);
      for (const connection of scope.connections) await clean(get(), connection);
      await resolveAll(scope);
      expect([await dirtyIds(get(), a), await dirtyIds(get(), b)]).toEqual([[], []]);
      await save(get(), b, { removals: [archived('customers', '7')] });
      await resolveAll(scope);
      expect(await dirtyIds(get(), a)).toEqual(['1']);
    });

    it('is scored again in the other connection when a deal comes or a field changes, once', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      await resolveAll(scope);
      for (const connection of scope.connections) await clean(get(), connection);
      await save(get(), b, { deals: [aDeal('d', ['7'])] });
      expect(await dirtyIds(get(), a)).toEqual([]);
      await get().identities.resolve(a, scope);
      expect(await dirtyIds(get(), a)).toEqual(['1']);
      for (const connection of scope.connections) await clean(get(), connection);
      await resolveAll(scope);
      await resolveAll(scope);
      expect([await dirtyIds(get(), a), await dirtyIds(get(), b)]).toEqual([[], []]);
    });

    it('that changes while its partner is being scored is scored again in the next scoring', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      await resolveAll(scope);
      await save(get(), b, { deals: [aDeal('d', ['7'])] });
      await clean(get(), a);
      await get().identities.resolve(a, scope);
      expect(await dirtyIds(get(), a)).toEqual(['1']);
    });

    it('keeps the standing of its newest score, whichever connection gave it', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      const standing = (tier: string) => ({
        ...{ tier, since: '2026-01-01', before: null, belowSince: null },
      });
      await get().scores.save(a, 'run-1', [aScore('1', { standing: standing('gold') })]);
      await get().scores.save(b, 'run-2', [aScore('7', { standing: standing('silver') })]);
      await get().plans.countAsPlanned(a, ['run-1']);
      await get().plans.countAsPlanned(b, ['run-2']);
      const of = async (connection: string, id: string) =>
        (await get().identities.standings(connection, [id], scope.connections)).get(id)?.tier;
      expect([await of(a, '1'), await of(b, '7')]).toEqual(['silver', 'silver']);
      await get().scores.save(a, 'run-3', [aScore('1', { standing: standing('gold') })]);
      expect([await of(a, '1'), await of(b, '7')]).toEqual(['silver', 'silver']);
      await get().plans.countAsPlanned(a, ['run-3']);
      expect([await of(a, '1'), await of(b, '7')]).toEqual(['gold', 'gold']);
    });

    it('is parted when its connection leaves the group, and all its customers are scored again', async () => {
      const { scope } = await joined([[...couple[0], someone('2')], couple[1]]);
      const [a = '', b = ''] = scope.connections;
      await resolveAll(scope);
      for (const connection of scope.connections) await clean(get(), connection);
      const alone = { id: a, connections: [a], by: [] };
      expect(await get().identities.resolve(a, alone)).toEqual([a]);
      expect(await dirtyIds(get(), a)).toEqual(['1', '2']);
      expect(await knownPersons(get(), scope, couple)).toEqual([]);
      await clean(get(), a);
      await get().identities.resolve(a, alone);
      expect(await dirtyIds(get(), a)).toEqual([]);
      expect(await get().identities.resolve(b, { id: b, connections: [b], by: [] })).toEqual([b]);
    });

    it('refers and is referred once, by whatever name each connection knows', async () => {
      const { scope } = await joined([
        [
          someone('1', { externalId: 'K1' }),
          someone('2', { externalId: 'K2', referredBy: 'K1' }),
          someone('3', { externalId: 'K3', referredBy: '1' }),
        ],
        [
          someone('7', { externalId: 'K1', email: 'a@example.com' }),
          someone('8', { externalId: 'K2', referredBy: '7' }),
          someone('9', { externalId: 'K9', referredBy: 'a@example.com' }),
        ],
      ]);
      const [a = '', b = ''] = scope.connections;
      await save(get(), b, { deals: [aDeal('d', ['8'])] });
      const counts = await get().identities.referrals(scope.connections);
      const all = { referred: 3, bought: 1 };
      expect(counts.get(a)).toEqual(new Map([['1', all]]));
      expect(counts.get(b)).toEqual(new Map([['7', all]]));
    });

    it('is not scored again for its referrals once one of its records asks to be left out', async () => {
      const { scope } = await joined([
        [someone('1', { externalId: 'K1', optedOut: true })],
        [someone('7', { externalId: 'K1' }), someone('8', { referredBy: 'K1' })],
      ]);
      const [, b = ''] = scope.connections;
      await resolveAll(scope);
      await clean(get(), b);
      await get().records.spreadDirty(b, scope.connections);
      expect(await dirtyIds(get(), b)).toEqual([]);
      const back = someone('1', { externalId: 'K1', modifiedAt: day(2) });
      await save(get(), scope.connections[0] ?? '', { customers: [back] });
      await get().identities.resolve(b, scope);
      expect(await dirtyIds(get(), b)).toEqual(['7']);
    });

    it('has its orders compared', async () => {
      const { scope } = await joined(couple);
      const [a = '', b = ''] = scope.connections;
      const same = aDeal('d1', ['1'], { reference: 'INV-1' });
      const other = { minor: 999, currency: 'EUR' };
      await save(get(), a, { deals: [same, aDeal('d2', ['1'], { reference: 'INV-2' })] });
      await save(get(), b, {
        deals: [
          aDeal('e1', ['7'], { reference: 'INV-1' }),
          aDeal('e2', ['7'], { reference: 'INV-2', amount: other }),
        ],
      });
      const { orders, ordersShown } = await get().identities.list(scope, 10);
      expect(orders).toBe(1);
      expect(ordersShown).toMatchObject([
        {
          reference: 'INV-2',
          deals: [
            { connection: a, id: 'd2' },
            { connection: b, minor: 999 },
          ],
        },
      ]);
    });
  });

  const resolveAll = async (scope: JoinScope) => {
    for (const connection of scope.connections) await get().identities.resolve(connection, scope);
  };

  it('a connection takes part once it was pulled to an end', async () => {
    const email = 'a@example.com';
    const [a, b] = [newConnection(), newConnection()];
    const scope: JoinScope = { id: `identity:${a}+${b}`, connections: [a, b], by: identityKeys };
    await save(get(), a, { customers: [someone('1', { email })] });
    await save(get(), b, { customers: [someone('7', { email })] });
    expect(await get().identities.resolve(a, scope)).toEqual([a]);
    await get().pulls.begin(b, aPull());
    await get().pulls.finish(b);
    expect(await get().identities.resolve(a, scope)).toEqual([a, b]);
    expect(await knownPersons(get(), scope, [[someone('1')], []])).toEqual(['0:1 1:7']);
  });
}

/** Each person as `position:id` of its records, in the order of trust. */
async function knownPersons(
  store: Store,
  { connections }: JoinScope,
  customers: readonly (readonly Customer[])[],
): Promise<readonly string[]> {
  const persons = new Set<string>();
  for (const [at, own] of connections.entries()) {
    const ids = (customers[at] ?? []).map(({ id }) => id);
    for (const [id, partners] of await store.identities.partners(own, ids, connections)) {
      const refs = [{ connection: own, id }, ...partners].map(
        (ref) => `${connections.indexOf(ref.connection)}:${ref.id}`,
      );
      persons.add(refs.toSorted().join(' '));
    }
  }
  return [...persons].toSorted();
}
