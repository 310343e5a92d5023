import { describe, expect, it } from 'vitest';
import { FaultPlan } from '../../../sandbox/kit/fault-plan.ts';
import { seededRandom } from '../../../sandbox/kit/random.ts';

const call = (path: string, method = 'GET') => ({ method, path });

function plan() {
  return new FaultPlan<string>(seededRandom(1));
}

describe('a fault plan', () => {
  it('strikes once, the first call that matches', () => {
    const faults = plan();
    faults.add([{ match: { method: 'post', path: '/batch/' }, probability: 1, effect: 'boom' }]);
    expect(faults.draw(call('/contacts', 'POST'))).toBeUndefined();
    expect(faults.draw(call('/contacts/batch/read', 'GET'))).toBeUndefined();
    expect(faults.draw(call('/contacts/batch/read', 'POST'))).toBe('boom');
    expect(faults.draw(call('/contacts/batch/read', 'POST'))).toBeUndefined();
  });

  it('strikes the nth call that matches', () => {
    const faults = plan();
    faults.add([{ match: { path: '^/a$', nth: 3 }, probability: 1, effect: 'third' }]);
    const drawn = ['/a', '/b', '/a', '/a', '/a'].map((path) => faults.draw(call(path)));
    expect(drawn).toEqual([undefined, undefined, undefined, 'third', undefined]);
  });

  it('strikes as often as it is told', () => {
    const faults = plan();
    faults.add([{ match: {}, probability: 1, times: 2, effect: 'twice' }]);
    const drawn = [1, 2, 3].map(() => faults.draw(call('/')));
    expect(drawn).toEqual(['twice', 'twice', undefined]);
    expect(faults.pending()).toEqual([]);
  });

  it('strikes by chance without end, and the same calls again from the same seed', () => {
    const strikes = () => {
      const faults = plan();
      faults.add([{ match: {}, probability: 0.25, effect: 'luck' }]);
      return Array.from({ length: 1_000 }, () => faults.draw(call('/')) !== undefined);
    };
    const first = strikes();
    expect(strikes()).toEqual(first);
    const hits = first.filter(Boolean).length;
    expect(hits).toBeGreaterThan(200);
    expect(hits).toBeLessThan(300);
  });
});
