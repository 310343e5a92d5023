import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptOverride } from '../../../src/domain/override.ts';
import type { NewOverride } from '../../../src/store/override-store.ts';
import {
  aCustomer,
  aPull,
  archived,
  clean,
  day,
  dirtyIds,
  type GetStore,
  newConnection,
  save,
} from './fixtures.ts';

/** What people decided of single customers. */
export function describeOverrides(get: GetStore): void {
  const word = { actor: 'B. Lee', at: day(10) };
  const aWord = (customer: string, given: Partial<NewOverride> = {}): NewOverride => ({
    ...{ customer, family: 'value_tier', class: 'gold', why: 'a promise', by: 'A. Meier' },
    ...{ until: null, source: 'cli', ...given },
  });
  const set = async (c: string, rows: readonly NewOverride[], at = word.at) =>
    await get().overrides.set(c, rows, { ...word, at });
  const classesOf = async (c: string, id: string) =>
    ((await get().overrides.of(c, [id])).get(id) ?? []).map((one) => one.class);
  /** As a scoring takes over what others left for it. */
  const takeOver = async (c: string, connections = [c]) =>
    await get().identities.resolve(c, { id: c, connections, by: ['externalId'] });
  const three = async () => {
    const c = newConnection();
    await save(get(), c, { customers: ['1', '2', '3'].map((id) => aCustomer(id)) });
    await clean(get(), c);
    return c;
  };
  const told = ({ class: key, ended }: KeptOverride) => [key, ended?.how ?? null];

  describe('a person’s word on a customer', () => {
    it('is kept with who, why and until when, and marks the customer for the next scoring', async () => {
      const c = await three();
      const effect = await set(c, [aWord('2', { until: '2026-12-31' })]);
      expect(effect).toMatchObject({ set: 1, unchanged: 0, touched: [{ connection: c, id: '2' }] });
      expect((await get().overrides.of(c, ['1', '2'])).get('2')).toEqual([
        {
          ...aWord('2', { until: '2026-12-31' }),
          ...{ position: expect.any(Number), connection: c, now: '2', at: day(10), ended: null },
        },
      ]);
      expect(await dirtyIds(get(), c)).toEqual([]);
      await takeOver(c);
      expect(await dirtyIds(get(), c)).toEqual(['2']);
    });

    it('said twice is said once', async () => {
      const c = await three();
      await set(c, [aWord('1')]);
      const again = await set(c, [aWord('1', { source: 'csv' })], day(11));
      expect(again).toEqual({ set: 0, unchanged: 1, replaced: [], touched: [] });
      expect(await get().overrides.history(c, '1')).toHaveLength(1);
    });

    it('gives way to the next one in its family alone; what was stays as history', async () => {
      const c = await three();
      await set(c, [aWord('1'), aWord('1', { family: 'importance', class: 'black' })]);
      await set(c, [aWord('1', { class: 'silver' })], day(11));
      expect(await classesOf(c, '1')).toEqual(['black', 'silver']);
      expect((await get().overrides.history(c, '1')).map(told)).toEqual([
        ['black', null],
        ['gold', 'replaced'],
        ['silver', null],
      ]);
      const [, first] = await get().overrides.history(c, '1');
      expect(first?.ended).toMatchObject({ at: day(11), by: 'B. Lee' });
    });

    it('cleared holds no more, and says who cleared it and why', async () => {
      const c = await three();
      await set(c, [aWord('1')]);
      await takeOver(c);
      await clean(get(), c);
      const what = { customer: '1', family: 'value_tier', why: 'the contract ended' } as const;
      expect(await get().overrides.clear(c, what, { ...word, at: day(12) })).toMatchObject({
        set: 1,
        touched: [{ connection: c, id: '1' }],
      });
      expect(await classesOf(c, '1')).toEqual([]);
      const [kept] = await get().overrides.history(c, '1');
      const ended = { how: 'cleared', at: day(12), by: 'B. Lee', why: 'the contract ended' };
      expect(kept?.ended).toEqual(ended);
      await takeOver(c);
      expect(await dirtyIds(get(), c)).toEqual(['1']);
      expect((await get().overrides.clear(c, what, word)).set).toBe(0);
    });

    it('is told by the log: what was set for all to see, about whom only until that is erased', async () => {
      const c = await three();
      await set(c, [aWord('1', { until: '2026-12-31' })]);
      const what = { customer: '1', family: 'value_tier', why: 'over' } as const;
      await get().overrides.clear(c, what, word);
      const select = { chain: c, kinds: null, actor: null, since: null, before: null, limit: 10 };
      const rows = (await get().audit.latest(select)).filter(({ kind }) =>
        kind.startsWith('override'),
      );
      const facts = {
        ...{ family: 'value_tier', class: 'gold', until: '2026-12-31', source: 'cli' },
      };
      const about = { customer: '1', by: 'A. Meier' };
      expect(rows).toMatchObject([
        { kind: 'override.set', actor: 'B. Lee', facts, detail: { ...about, why: 'a promise' } },
        { kind: 'override.cleared', actor: 'B. Lee', facts, detail: { ...about, why: 'over' } },
      ]);
    });

    it('of many is the same in whatever order they are given', async () => {
      const rows = ['1', '2', '3'].flatMap((id) => [
        aWord(id, { class: `tier_${id}` }),
        aWord(id, { family: 'importance', class: 'red' }),
      ]);
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(rows, { minLength: 6, maxLength: 6 }),
          async (shuffled) => {
            const c = await three();
            await set(c, rows.slice(0, 2));
            expect(await set(c, shuffled, day(11))).toMatchObject({ set: 4, unchanged: 2 });
            const kept = await get().overrides.inForce(c);
            expect(kept.map((one) => [one.now, one.family, one.class])).toEqual(
              ['1', '2', '3'].flatMap((id) => [
                [id, 'importance', 'red'],
                [id, 'value_tier', `tier_${id}`],
              ]),
            );
          },
        ),
        { numRuns: 5 },
      );
    });

    it('follows the record into the one it was merged into; of two the newest comes last', async () => {
      const c = await three();
      await set(c, [aWord('1', { class: 'silver' })], day(10));
      await set(c, [aWord('2', { class: 'gold' })], day(11));
      await save(get(), c, {
        removals: [{ object: 'customers', id: '1', kind: 'merged', into: '2' }],
      });
      expect(await classesOf(c, '2')).toEqual(['silver', 'gold']);
      expect((await get().overrides.inForce(c)).map((one) => [one.now, one.class])).toEqual([
        ['2', 'gold'],
        ['2', 'silver'],
      ]);
      await set(c, [aWord('2', { class: 'gold' })], day(12));
      expect(await classesOf(c, '2')).toEqual(['gold']);
      expect((await get().overrides.history(c, '2')).map(told)).toEqual([
        ['silver', 'replaced'],
        ['gold', 'replaced'],
        ['gold', null],
      ]);
    });

    it('outlives the customer’s absence, and is nobody’s meanwhile', async () => {
      const c = await three();
      await set(c, [aWord('1')]);
      await save(get(), c, { removals: [archived('customers', '1')] });
      await takeOver(c);
      expect(await dirtyIds(get(), c)).toEqual([]);
      expect(await get().overrides.named(c, ['1'])).toEqual([]);
      await save(get(), c, { customers: [aCustomer('1', { modifiedAt: day(20) })] });
      expect(await classesOf(c, '1')).toEqual(['gold']);
      expect(await dirtyIds(get(), c)).toEqual(['1']);
    });

    it('marks who is the same in another connection, for that one’s next scoring', async () => {
      const [c, d] = [newConnection(), newConnection()];
      const connections = [c, d];
      for (const one of connections) {
        await get().pulls.begin(one, aPull());
        await save(get(), one, { customers: ['1', '2'].map((id) => aCustomer(id)) });
        await get().pulls.finish(one);
      }
      const scope = { id: `identity:${c}+${d}`, connections, by: ['externalId'] } as const;
      for (const one of connections) {
        await get().identities.resolve(one, scope);
        await clean(get(), one);
      }
      const { touched } = await set(c, [aWord('1')]);
      expect(touched).toHaveLength(2);
      for (const one of connections) {
        await get().identities.resolve(one, scope);
        expect(await dirtyIds(get(), one)).toEqual(['1']);
      }
    });

    it('is found by the day on which it lapses', async () => {
      const c = await three();
      await set(c, [
        aWord('1', { until: '2026-03-31' }),
        aWord('2', { until: '2026-06-30' }),
        aWord('3'),
      ]);
      const lapsing = async (from: string | null, to: string) =>
        (await get().overrides.inForce(c, { lapsing: { from, to } })).map(({ now }) => now);
      expect(await lapsing('2026-03-31', '2026-06-29')).toEqual(['1']);
      expect(await lapsing('2026-04-01', '2026-06-30')).toEqual(['2']);
      expect(await lapsing(null, '2026-12-31')).toEqual(['1', '2']);
    });

    it('is forgotten with its connection', async () => {
      const c = await three();
      await set(c, [aWord('1')]);
      await get().connections.forget(c);
      expect(await get().overrides.history(c, '1')).toEqual([]);
    });
  });

  describe('a customer whom somebody names', () => {
    it('is found by record id, customer number, e-mail, or the id of before a merge', async () => {
      const c = newConnection();
      await save(get(), c, {
        customers: [
          aCustomer('1', { email: 'ann@example.com' }),
          aCustomer('2', { externalId: 'K-2', previousIds: ['old'] }),
        ],
      });
      const found = await get().overrides.named(c, ['1', 'K-2', 'ANN@example.com', 'old', 'gone']);
      expect(found.map(({ called, id }) => [called, id])).toEqual([
        ['1', '1'],
        ['ANN@example.com', '1'],
        ['K-2', '2'],
        ['old', '2'],
      ]);
    });
  });

  describe('a field of the CRM that holds classes', () => {
    const having = (id: string, text: string) => aCustomer(id, { attributes: { manual: text } });

    it('marks who has it filled when it is named, means something else, or is named no more', async () => {
      const c = newConnection();
      await save(get(), c, {
        customers: [having('1', 'gold'), aCustomer('2'), having('3', 'silver')],
      });
      await clean(get(), c);
      const noted = async (rules: string, attributes: readonly string[]) => {
        await get().overrides.noteFields(c, { rules, attributes });
        await takeOver(c);
        const dirty = await dirtyIds(get(), c);
        await clean(get(), c);
        return dirty;
      };
      expect(await noted('', [])).toEqual([]);
      expect(await noted('r1', ['manual'])).toEqual(['1', '3']);
      expect(await noted('r1', ['manual'])).toEqual([]);
      expect(await noted('r2', ['manual'])).toEqual(['1', '3']);
      expect(await noted('', [])).toEqual(['1', '3']);
      expect(await noted('', [])).toEqual([]);
    });

    it('is read with its customers, blanks left out', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [having('1', 'gold'), having('2', ' '), aCustomer('3')] });
      expect(await get().overrides.fieldValues(c, ['manual'])).toEqual([
        { customer: '1', attribute: 'manual', value: 'gold' },
      ]);
      expect(await get().overrides.fieldValues(c, [])).toEqual([]);
    });
  });
}
