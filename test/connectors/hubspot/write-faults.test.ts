import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/hubspot/fault-effect.ts';
import type { Receipt } from '../../../src/domain/change.ts';
import { sampleChanges, sampleHeld, sampleRequest } from '../../contract/provision-samples.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;
const update = 'POST /crm/objects/contacts/batch/update';

function codes(receipts: readonly Receipt[]): readonly string[] {
  return receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.outcome));
}

describe('a write that goes wrong', () => {
  let portal: PortalUnderTest;
  let ids: readonly string[];
  const clock = impatientClock();

  beforeEach(async () => {
    portal = await startPortal();
    ids = portal.liveIds('customers').slice(0, 12);
    await portal.open().provision({ ...sampleRequest, lists: [] }, signal);
  });
  afterEach(async () => await portal.close());

  const strike = (effect: FaultEffect, times = 1) => {
    const match = { path: '/batch/update$' };
    portal.sandbox.faults.add([{ match, probability: 1, times, effect }]);
  };
  const apply = async (settings = {}) => {
    const connector = portal.opened({ clock, settings });
    return await connector.applyBatch(sampleChanges(ids), 'run1', signal);
  };
  const updates = () => portal.sandbox.calls.report().endpoints[update]?.count ?? 0;
  const held = async () => await portal.open().readHeld(ids, signal);

  const passing: readonly FaultEffect[] = [
    { kind: 'locked' },
    { kind: 'serverError', when: 'before' },
    { kind: 'serverError', when: 'after' },
    { kind: 'html', status: 502, when: 'before' },
    { kind: 'empty', status: 504, when: 'before' },
    { kind: 'empty', status: 504, when: 'after' },
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'truncated' },
    { kind: 'migrating', retryAfterSeconds: 2 },
    { kind: 'tooMany', policy: 'SECONDLY' },
  ];
  it.each(passing)('$kind $status $when passes, and the batch is sent again', async (effect) => {
    strike(effect);
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    expect(updates()).toBe(2);
    for (const values of (await held()).values()) expect(values).toEqual(sampleHeld);
  });

  it('a lock is waited out for two seconds', async () => {
    strike({ kind: 'locked' });
    await apply();
    expect(clock.slept.at(-1)).toBe(2_000);
  });

  it('a lock that lasts parks its batch, record by record, and does not end the work', async () => {
    strike({ kind: 'locked' }, 1_000);
    expect(codes(await apply())).toEqual(ids.map(() => 'RECORD_LOCKED'));
    portal.sandbox.faults.clear();
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
  });

  it('an answer that does not come in time is given up and asked for again', async () => {
    strike({ kind: 'slow', ms: 1_000, when: 'after' });
    expect(codes(await apply({ timeoutMs: 250 }))).toEqual(ids.map(() => 'applied'));
    await expect.poll(updates, { timeout: 3_000 }).toBe(2);
  });

  it('a fault that lasts ends the attempts', async () => {
    strike({ kind: 'serverError', when: 'before' }, 50);
    await expect(apply()).rejects.toMatchObject({ code: 'CRM_UNAVAILABLE', disposition: 'retry' });
    expect(updates()).toBe(6);
  });

  it('the spent day ends the run at its checkpoint', async () => {
    strike({ kind: 'tooMany', policy: 'DAILY' });
    const expected = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
    await expect(apply()).rejects.toMatchObject(expected);
    expect(updates()).toBe(1);
  });

  it('a portal that moves for an hour pauses the connection', async () => {
    strike({ kind: 'migrating', retryAfterSeconds: 3_600 });
    const expected = { code: 'PORTAL_MIGRATING', disposition: 'pause-connection' };
    await expect(apply()).rejects.toMatchObject(expected);
  });

  it('a 207 refuses whom it names and nobody else', async () => {
    strike({ kind: 'partial', recordIds: [ids[5] ?? ''], count: 1 });
    const expected = ids.map((_, index) => (index === 5 ? 'RECORD_REFUSED' : 'applied'));
    expect(codes(await apply())).toEqual(expected);
  });

  it('a success that wrote nothing is found and sent again', async () => {
    strike({ kind: 'silent', mode: 'omit', recordIds: [ids[3] ?? ''], count: 1 });
    expect(codes(await apply())).toEqual(ids.map(() => 'applied'));
    expect((await held()).get(ids[3] ?? '')).toEqual(sampleHeld);
  });

  it('a success that never writes is said to be none', async () => {
    strike({ kind: 'silent', mode: 'omit', recordIds: [ids[3] ?? ''], count: 1 }, 2);
    const expected = ids.map((_, index) => (index === 3 ? 'WRITE_NOT_CONFIRMED' : 'applied'));
    expect(codes(await apply())).toEqual(expected);
  });

  it.each([400, 409] as const)('a poisoned record (%i) stands alone in the end', async (status) => {
    strike({ kind: 'poison', recordId: ids[7] ?? '', status }, 50);
    const expected = ids.map((_, index) => (index === 7 ? 'RECORD_REFUSED' : 'applied'));
    expect(codes(await apply())).toEqual(expected);
    expect(updates()).toBeLessThanOrEqual(9);
  });

  it('a property that a person retyped stops the work, and names it', async () => {
    const type = { type: 'date', fieldType: 'date' };
    await portal.call('PATCH', '/crm/v3/properties/contacts/assay_value_score', type);
    const error = { code: 'FIELD_RETYPED', disposition: 'pause-connection' };
    await expect(apply()).rejects.toMatchObject(error);
    await expect(apply()).rejects.toThrow('assay_value_score');
  });

  it('a property that a person deleted stops the work too', async () => {
    await portal.call('DELETE', '/crm/v3/properties/contacts/assay_reason');
    await expect(apply()).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });
});
