import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { screenProgress } from '../../src/cli/progress.ts';
import { fakeTerminal } from './fake-terminal.ts';

const clock = { now: () => Date.now() };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('on a terminal', () => {
  it('shows nothing of what takes less than two seconds', () => {
    const { screen, stderr } = fakeTerminal({ isTTY: true });
    const progress = screenProgress(screen, clock);
    progress.start('pull', 100);
    vi.advanceTimersByTime(1900);
    progress.end('pull');
    vi.advanceTimersByTime(5000);
    progress.close();
    expect(stderr()).toBe('');
  });

  it('draws a bar after that, and leaves a line behind', () => {
    const { screen, stderr } = fakeTerminal({ isTTY: true });
    const progress = screenProgress(screen, clock);
    progress.start('pull', 1000);
    progress.advance('pull', 250);
    vi.advanceTimersByTime(3000);
    expect(stderr()).toContain('pull  ██████░░░░░░░░░░░░░░░░░░  250 of 1,000, 25%');
    progress.advance('pull', 750);
    progress.end('pull');
    progress.close();
    expect(stderr()).toMatch(/pull: 1,000 in 3\.0 s\n$/);
  });
});

describe('elsewhere', () => {
  it('says a plain line every few seconds', () => {
    const { screen, stderr } = fakeTerminal();
    const progress = screenProgress(screen, clock);
    progress.start('apply', null);
    progress.advance('apply', 40);
    vi.advanceTimersByTime(11_000);
    progress.close();
    expect(stderr()).toBe('apply  40, 5.0 s\napply  40, 10.0 s\n');
  });
});
