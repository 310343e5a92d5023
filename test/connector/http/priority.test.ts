import { expect, it } from 'vitest';
import { CallGate } from '../../../src/connector/http/call-gate.ts';
import { priorities, withPriority } from '../../../src/connector/http/priority.ts';
import { RateBudget } from '../../../src/connector/http/rate-budget.ts';
import { RollingBudget } from '../../../src/connector/http/rolling-budget.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { memoryLedger } from '../../contract/stores-in-memory.ts';

const { signal } = new AbortController();

it('calls of a webhook pass those of a long run that wait for the same limit', async () => {
  const gate = new CallGate({
    quota: new RollingBudget({ ledger: memoryLedger(), now: systemClock.now }),
    ...{ clock: systemClock, log: silentLogger, timeoutMs: 1_000 },
    refresh: async () => undefined,
  });
  const oneAtOnce = new RateBudget({ calls: 1, intervalMs: 0 }, 1, 'answer');
  const order: string[] = [];
  const call = async (name: string) => {
    await gate.run(
      {
        ...{ name, budgets: [oneAtOnce], effect: 'read', repeatable: true },
        send: async () => {
          order.push(name);
        },
      },
      signal,
    );
  };
  const deep = async () => await Promise.all([call('hint 1'), call('hint 2')]);
  const running = [call('bulk 1'), call('bulk 2'), call('bulk 3')];
  await Promise.all([...running, withPriority(priorities.webhook, deep)]);
  expect(order).toEqual(['bulk 1', 'hint 1', 'hint 2', 'bulk 2', 'bulk 3']);
});
