import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { screenLog } from '../../src/cli/log.ts';
import { Screen } from '../../src/cli/screen.ts';
import { fakeTerminal } from './fake-terminal.ts';

it('prints exactly one document on stdout under --json, and all the rest on stderr', () => {
  const { screen, stdout, stderr } = fakeTerminal({ isJson: true });
  screen.say('Reading');
  screenLog(screen, 'info').info({ count: 3 }, 'pull.page');
  screen.result({ done: true }, () => 'Done');
  expect(JSON.parse(stdout())).toEqual({ done: true });
  expect(stderr()).toMatch(/^Reading\n\{.*"msg":"pull\.page"\}\n$/);
});

it('shows what would move a terminal’s cursor, and does not do it', () => {
  const { screen, stdout, stderr } = fakeTerminal();
  screen.print('Mary\u001b[2J\u0007\tof\u009b1m\nLondon');
  screen.say('\rMary');
  expect(stdout()).toBe('Mary\ufffd[2J\ufffd\tof\ufffd1m\nLondon\n');
  expect(stderr()).toBe('\ufffdMary\n');
});

it('waits for a slow reader, and leaves nothing of it behind', async () => {
  const reader = new Writable({
    highWaterMark: 4,
    write: (_piece, _encoding, done) => void setImmediate(done),
  });
  const pieces = Array.from({ length: 40 }, (_, at) => `piece ${at}\n`);
  const most: number[] = [];
  await new Screen(reader, reader, true).stream(
    (async function* () {
      for (const piece of pieces) {
        most.push(reader.writableLength);
        yield piece;
      }
    })(),
  );
  expect(most).toHaveLength(40);
  expect(Math.max(...most)).toBe(0);
  for (const event of ['drain', 'close']) expect(reader.listenerCount(event)).toBe(0);
});

it('prints the text for a person otherwise', () => {
  const { screen, stdout } = fakeTerminal();
  screen.result({ done: true }, () => 'Done');
  expect(stdout()).toBe('Done\n');
});

it('keeps the status line below what is said, on a terminal only', () => {
  const watched = fakeTerminal({ isTTY: true });
  watched.screen.status('pull 50%');
  watched.screen.say('A word');
  expect(watched.stderr()).toBe(
    '\r\u001b[2Kpull 50%' + '\r\u001b[2K' + 'A word\n' + '\r\u001b[2Kpull 50%',
  );
  const piped = fakeTerminal();
  piped.screen.status('pull 50%');
  expect(piped.stderr()).toBe('');
});
