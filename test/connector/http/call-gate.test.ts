import { describe, expect, it } from 'vitest';
import { endpointOf as hubspotEndpointOf } from '../../../connectors/hubspot/endpoint.ts';
import { CallError } from '../../../src/connector/http/call-error.ts';
import { CallGate } from '../../../src/connector/http/call-gate.ts';
import { DailyBudget } from '../../../src/connector/http/daily-budget.ts';
import { endpointOf } from '../../../src/connector/http/endpoint-of.ts';
import type { CallSeen } from '../../../src/connector/http/meter.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { impatientClock } from '../../connectors/kit/impatient-clock.ts';

const clock = impatientClock();
const signal = new AbortController().signal;

/** Of an account whose other runs used seven calls today. */
function budget(): DailyBudget {
  const ledger = { usedSince: async () => 7, add: async () => undefined };
  return new DailyBudget({ ledger, now: clock.now });
}

function gate(seen: CallSeen[], quota = budget()): CallGate {
  return new CallGate({
    ...{ quota, clock, log: silentLogger, timeoutMs: 1_000 },
    refresh: async () => undefined,
    meter: (call) => seen.push(call),
  });
}

const call = {
  name: 'GET /crm/v8/Contacts/5725767000000123',
  budgets: [],
  effect: 'read',
  repeatable: true,
} as const;

describe('what a gate tells its meter', () => {
  it('is each attempt, with its status and what was used of the quota once that is known', async () => {
    const seen: CallSeen[] = [];
    const quota = budget();
    let attempts = 0;
    await gate(seen, quota).run(
      {
        ...call,
        send: async (_within, answered) => {
          attempts += 1;
          answered(attempts === 1 ? 503 : 200);
          if (attempts === 2) await quota.open({ timeZone: 'UTC', budget: 100 });
          if (attempts === 1)
            throw new CallError({ code: 'X', disposition: 'retry', message: '', todo: '' });
          return 'fine';
        },
      },
      signal,
    );
    expect(seen.map(({ endpoint, status }) => [endpoint, status])).toEqual([
      ['GET /crm/v8/Contacts/{id}', 503],
      ['GET /crm/v8/Contacts/{id}', 200],
    ]);
    expect(seen.map(({ quota }) => quota)).toEqual([null, { unit: 'calls', used: 9, budget: 100 }]);
  });

  it('says so when no answer came', async () => {
    const seen: CallSeen[] = [];
    const send = async () => {
      throw new CallError({ code: 'X', disposition: 'reject', message: '', todo: '' });
    };
    await expect(gate(seen).run({ ...call, send }, signal)).rejects.toThrow();
    expect(seen.map(({ status }) => status)).toEqual([null]);
  });
});

describe('an endpoint', () => {
  it.each([
    ['GET /crm/v8/Contacts?page_token=ab12&ids=7', 'GET /crm/v8/Contacts'],
    ['GET /crm/bulk/v8/read/57257/result', 'GET /crm/bulk/v8/read/{id}/result'],
    ['POST /crm/v8/Contacts/actions/mass_update', 'POST /crm/v8/Contacts/actions/mass_update'],
    ['GET /contacts/ada@example.com', 'GET /contacts/{id}'],
  ])('of %s is %s', (name, endpoint) => {
    expect(endpointOf(name)).toBe(endpoint);
  });

  it.each([
    ['GET /crm/objects/2026-03/contacts/101', 'GET /crm/objects/2026-03/contacts/{id}'],
    [
      'POST /crm/associations/2026-03/deals/contacts/batch/read',
      'POST /crm/associations/2026-03/deals/contacts/batch/read',
    ],
    [
      'PATCH /crm/properties/2026-03/contacts/assay_tier',
      'PATCH /crm/properties/2026-03/contacts/{name}',
    ],
    [
      'POST /crm/properties/2026-03/contacts/batch/create',
      'POST /crm/properties/2026-03/contacts/batch/create',
    ],
    ['GET /crm/properties/2026-03/contacts/groups', 'GET /crm/properties/2026-03/contacts/groups'],
    [
      'PATCH /crm/properties/2026-03/contacts/groups/assay',
      'PATCH /crm/properties/2026-03/contacts/groups/{name}',
    ],
    [
      'GET /crm/lists/2026-03/object-type-id/0-1/name/Best%20of%20all',
      'GET /crm/lists/2026-03/object-type-id/{id}/name/{name}',
    ],
  ])('of HubSpot: %s is %s', (name, endpoint) => {
    expect(hubspotEndpointOf(name)).toBe(endpoint);
  });
});
