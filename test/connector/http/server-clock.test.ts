import { expect, it } from 'vitest';
import { ServerClock } from '../../../src/connector/http/server-clock.ts';

function clockAt(start: number) {
  let now = start;
  const clock = { now: () => now, sleep: async () => undefined };
  const advance = (ms: number) => {
    now += ms;
  };
  return { server: new ServerClock(clock), advance };
}

const local = Date.parse('2026-11-22T12:00:00Z');

it('is never ahead of the CRM, however late the answers and whole their seconds', () => {
  const { server, advance } = clockAt(local);
  const aheadMs = 3_600_400;
  let passed = 0;
  for (const latency of [900, 30, 250, 610]) {
    const sentAt = Math.floor((local + passed + aheadMs) / 1_000) * 1_000;
    passed += latency;
    advance(latency);
    server.note(new Date(sentAt).toUTCString());
    expect(server.now()).toBeLessThanOrEqual(local + passed + aheadMs);
    expect(server.now()).toBeGreaterThan(local + passed + aheadMs - 2_000);
  }
});

it('keeps the best of many estimates', () => {
  const { server, advance } = clockAt(local);
  server.note(new Date(local + 1_000).toUTCString());
  advance(900);
  server.note(new Date(local + 1_000).toUTCString());
  expect(server.now()).toBe(local + 1_900);
});

it('follows a clock that was set back', () => {
  const { server } = clockAt(local);
  server.note(new Date(local + 86_400_000).toUTCString());
  server.note(new Date(local).toUTCString());
  expect(server.now()).toBe(local);
});

it('believes a step ahead when two answers say it, and no year that cannot be', () => {
  const { server } = clockAt(local);
  server.note(new Date(local).toUTCString());
  server.note(new Date(local + 86_400_000).toUTCString());
  server.note('Fri, 31 Dec 9999 23:59:59 GMT');
  server.note('Thu, 01 Jan 1970 00:00:00 GMT');
  expect(server.now()).toBe(local);
  server.note(new Date(local).toUTCString());
  server.note(new Date(local + 86_400_000).toUTCString());
  expect(server.now()).toBe(local);
  server.note(new Date(local + 86_400_000).toUTCString());
  expect(server.now()).toBe(local + 86_400_000);
});

it('does not mind a header that is missing or no date', () => {
  const { server } = clockAt(local);
  server.note(null);
  server.note('soon');
  expect([server.isKnown, server.now()]).toEqual([false, local]);
});
