import { describe, expect, it } from 'vitest';
import type { AskedRun } from '../../../src/store/work-store.ts';
import { day, type GetStore, newConnection } from './fixtures.ts';

const full = { full: true };
const delta = { full: false };
const reason = { code: 'TOKEN_REVOKED', message: 'The token was revoked.', todo: 'Connect anew.' };

/** Which run is asked for, and whether a person has to act first. */
export function describeWork(get: GetStore): void {
  const work = () => get().work;
  const asked = async (c: string): Promise<AskedRun> => {
    const run = await work().asked(c);
    if (run === null) throw new Error('Nobody asked for a run');
    return run;
  };

  describe('a run that is asked for', () => {
    it('is one, however many ask; full as soon as one wants it so', async () => {
      const c = newConnection();
      expect(await work().asked(c)).toBeNull();
      await work().ask(c, delta, day(1));
      await work().ask(c, full, day(2));
      await work().ask(c, delta, day(3));
      expect(await asked(c)).toEqual({ askedAt: day(3), full: true, isPulled: false });
      expect(await work().asked(newConnection())).toBeNull();
    });

    it('goes on slice by slice until it is done', async () => {
      const c = newConnection();
      await work().ask(c, full, day(1));
      await work().advance(c, await asked(c), { full: true, isPulled: true });
      expect(await asked(c)).toEqual({ askedAt: day(1), full: true, isPulled: true });
      await work().advance(c, await asked(c), { full: false, isPulled: true });
      await work().done(c, await asked(c));
      expect(await work().asked(c)).toBeNull();
      await work().ask(c, delta, day(2));
      expect(await asked(c)).toEqual({ askedAt: day(2), full: false, isPulled: false });
    });

    it('and is asked for again meanwhile is not done by the end of the first', async () => {
      const c = newConnection();
      await work().ask(c, delta, day(1));
      const first = await asked(c);
      await work().ask(c, full, day(2));
      await work().advance(c, first, { full: false, isPulled: true });
      await work().done(c, first);
      expect(await asked(c)).toEqual({ askedAt: day(2), full: true, isPulled: false });
    });

    it('keeps what was read when a delta is asked for, and reads anew for a full one', async () => {
      const c = newConnection();
      await work().ask(c, full, day(1));
      await work().advance(c, await asked(c), { full: true, isPulled: true });
      await work().ask(c, delta, day(2));
      expect(await asked(c)).toMatchObject({ full: true, isPulled: true });
      await work().ask(c, full, day(3));
      expect(await asked(c)).toMatchObject({ full: true, isPulled: false });
    });
  });

  describe('a pause', () => {
    it('is kept with its newest reason until the connection goes on', async () => {
      const c = newConnection();
      expect(await work().paused(c)).toBeNull();
      await work().pause(c, { ...reason, code: 'SCOPE_MISSING' }, day(1));
      await work().pause(c, reason, day(2));
      expect(await work().paused(c)).toEqual({ ...reason, pausedAt: day(2) });
      expect(await work().paused(newConnection())).toBeNull();
      await work().resume(c);
      expect(await work().paused(c)).toBeNull();
    });

    it('takes away no run that was asked for, nor does its end', async () => {
      const c = newConnection();
      await work().ask(c, full, day(1));
      await work().pause(c, reason, day(2));
      await work().ask(c, delta, day(3));
      expect(await work().paused(c)).toMatchObject({ pausedAt: day(2) });
      await work().resume(c);
      expect(await asked(c)).toEqual({ askedAt: day(3), full: true, isPulled: false });
    });

    it('of a connection that nobody asked for asks for nothing', async () => {
      const c = newConnection();
      await work().pause(c, reason, day(1));
      await work().resume(c);
      expect(await work().asked(c)).toBeNull();
    });
  });
}
