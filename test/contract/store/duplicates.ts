import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/domain/customer.ts';
import {
  aCustomer,
  archived,
  clean,
  day,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
} from './fixtures.ts';

/** A customer of whom only this is known. */
function someone(id: string, values: Partial<Customer>): Customer {
  return aCustomer(id, { email: null, name: null, country: null, ...values });
}

/** Who may be the same customer. */
export function describeDuplicates(get: GetStore): void {
  describe('duplicate candidates', () => {
    const found = async (customers: readonly Customer[]) => {
      const c = newConnection();
      await save(get(), c, { customers });
      return [...(await get().records.duplicates(c))].toSorted(([a], [b]) => (a < b ? -1 : 1));
    };

    it('have the same e-mail, however it is written', async () => {
      const group = { by: 'email', ids: ['1', '3'], size: 2 };
      const customers = [
        someone('1', { email: 'Ada@Example.com' }),
        someone('2', { email: 'bob@example.com' }),
        someone('3', { email: ' ada@example.COM ' }),
      ];
      expect(await found(customers)).toEqual([
        ['1', [group]],
        ['3', [group]],
      ]);
    });

    it('have the same phone, however it is written', async () => {
      const group = { by: 'phone', ids: ['1', '2', '3'], size: 3 };
      const customers = [
        someone('1', { phone: '+44 (0)20 7946 0958' }),
        someone('2', { phone: '0044-20-79460958' }),
        someone('3', { phone: '+442079460958', email: 'c@example.com' }),
        someone('4', { phone: '7946 0958' }),
      ];
      expect(await found(customers)).toEqual(['1', '2', '3'].map((id) => [id, [group]]));
    });

    it('have the same name and country where neither has an e-mail or a phone', async () => {
      const group = { by: 'name', ids: ['1', '2'], size: 2 };
      const name = 'Zoë  O’Neill';
      const customers = [
        someone('1', { name, country: 'Ireland' }),
        someone('2', { name: 'ZOË O’NEILL', country: 'ireland' }),
        someone('3', { name, country: 'Spain' }),
        someone('4', { name, country: 'Ireland', email: 'zoe@example.com' }),
        someone('5', { name, country: 'Ireland', phone: '+353 1 234 5678' }),
      ];
      expect(await found(customers)).toEqual([
        ['1', [group]],
        ['2', [group]],
      ]);
    });

    it('are never those of whom nothing usable is known, nor those who are gone', async () => {
      const empty = ['1', '2'].map((id) => someone(id, {}));
      const junk = ['3', '4'].map((id) => someone(id, { email: 'none', phone: '000 000 000' }));
      expect(await found([...empty, ...junk])).toEqual([]);
      const c = newConnection();
      const twins = ['1', '2'].map((id) => someone(id, { email: 'a@example.com' }));
      await save(get(), c, { customers: twins }, { removals: [archived('customers', '2')] });
      expect((await get().records.duplicates(c)).size).toBe(0);
    });

    it('may be found by more than one thing, and a large group names its first ten', async () => {
      const both = { email: 'a@example.com', phone: '+49 30 1234567' };
      const [first] = await found([someone('1', both), someone('2', both)]);
      expect(first?.[1].map(({ by }) => by).toSorted()).toEqual(['email', 'phone']);
      const ids = Array.from({ length: 30 }, (_, at) => String(10 + at));
      const many = await found(ids.map((id) => someone(id, { email: 'info@example.com' })));
      expect(many).toHaveLength(30);
      expect(many[29]?.[1]).toEqual([{ by: 'email', ids: ids.slice(0, 10), size: 30 }]);
    });

    it('of one connection are not sought in another', async () => {
      const [a, b] = [newConnection(), newConnection()];
      const email = 'a@example.com';
      await save(get(), a, { customers: [someone('1', { email })] });
      await save(get(), b, { customers: [someone('2', { email })] });
      expect((await get().records.duplicates(a)).size).toBe(0);
    });

    it('are dirty when they become candidates, and when they are none any more', async () => {
      const c = newConnection();
      const email = 'a@example.com';
      const spread = async () => {
        await get().records.spreadDirty(c);
        const dirty = await dirtyIds(get(), c);
        await clean(get(), c);
        return dirty;
      };
      await save(get(), c, { customers: [someone('1', { email }), someone('2', {})] });
      expect(await spread()).toEqual(['1', '2']);
      await save(get(), c, { customers: [someone('2', { email, modifiedAt: day(2) })] });
      expect(await spread()).toEqual(['1', '2']);
      expect(await spread()).toEqual([]);
      await save(get(), c, { customers: [someone('3', { email })] });
      expect(await spread()).toEqual(['3']);
      await save(get(), c, {
        removals: [archived('customers', '2'), archived('customers', '3')],
      });
      expect(await spread()).toEqual(['1']);
    });
  });
}
