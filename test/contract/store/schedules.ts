import { describe, expect, it } from 'vitest';
import type { DueKind } from '../../../src/domain/due-work.ts';
import { aPull, type GetStore, newConnection } from './fixtures.ts';

const start = Date.parse('2026-03-01T03:00:00.000Z');
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

/** What is due is claimed by one and done once. */
export function describeSchedules(get: GetStore): void {
  const claim = (connection: string, kind: DueKind, minutes: number, isDoneAtFirst = false) =>
    get().schedules.claim({
      ...{ connection, kind, dueAt: at(minutes), isDoneAtFirst },
      latest: at(minutes + 1_500),
    });
  const due = async (c: string) => await get().schedules.due(c);

  describe('the schedule', () => {
    it('is claimed once for each time, whatever the clock says afterwards', async () => {
      const c = newConnection();
      expect(await claim(c, 'delta', 15)).toBe(true);
      expect(await claim(c, 'delta', 15)).toBe(false);
      expect(await claim(c, 'delta', 0)).toBe(false);
      expect(await claim(c, 'delta', 30)).toBe(true);
      expect(await due(c)).toEqual([{ kind: 'delta', dueAt: at(30) }]);
    });

    it('is claimed by one of many who ask at once', async () => {
      const c = newConnection();
      const asked = await Promise.all(Array.from({ length: 12 }, () => claim(c, 'run', 0)));
      expect(asked.filter((isMine) => isMine)).toHaveLength(1);
    });

    it('is due until it was done; what came due meanwhile stays', async () => {
      const c = newConnection();
      await claim(c, 'run', 0);
      const [work] = await due(c);
      await claim(c, 'run', 60);
      if (work !== undefined) await get().schedules.done(c, work);
      expect(await due(c)).toEqual([{ kind: 'run', dueAt: at(60) }]);
      await get().schedules.done(c, { kind: 'run', dueAt: at(60) });
      if (work !== undefined) await get().schedules.done(c, work);
      expect(await due(c)).toEqual([]);
    });

    it('tells who waits, and what for in a fixed order', async () => {
      const c = newConnection();
      await claim(c, 'retention', 0);
      await claim(c, 'delta', 0);
      await claim(c, 'run', 0);
      expect((await due(c)).map(({ kind }) => kind)).toEqual(['run', 'delta', 'retention']);
      expect(await get().schedules.waiting()).toContain(c);
    });

    it('tells who waits for anything else: a run asked for, hints, a pull, a plan', async () => {
      const [asked, hinted, pulling, applying, idle] = Array.from({ length: 5 }, newConnection);
      const ids = [asked, hinted, pulling, applying, idle].map((id) => id ?? '');
      await get().work.ask(ids[0] ?? '', { full: false }, at(0));
      const hint = { key: 'a', object: 'deals', id: '1', kind: 'changed', at: at(0) } as const;
      await get().inbox.add(ids[1] ?? '', [hint], at(0));
      await get().pulls.begin(ids[2] ?? '', aPull());
      const plan = { id: `plan-${ids[3]}`, connection: ids[3] ?? '', runId: 'r', createdAt: at(0) };
      await get().plans.create({ ...plan, asOf: '2026-03-01' });
      await get().plans.setStatus(plan.id, 'applying');
      const waiting = await get().schedules.waiting();
      expect(ids.map((id) => waiting.includes(id))).toEqual([true, true, true, true, false]);
    });

    it('counts a kind as done at first, where other work does it', async () => {
      const c = newConnection();
      expect(await claim(c, 'full', 0, true)).toBe(false);
      expect(await due(c)).toEqual([]);
      expect(await claim(c, 'full', 10_080, true)).toBe(true);
    });

    it('goes on after a clock was years ahead for a while', async () => {
      const c = newConnection();
      await claim(c, 'run', 2_000_000);
      await get().schedules.done(c, { kind: 'run', dueAt: at(2_000_000) });
      expect(await claim(c, 'run', 0)).toBe(true);
      expect(await due(c)).toEqual([{ kind: 'run', dueAt: at(0) }]);
    });
  });
}
