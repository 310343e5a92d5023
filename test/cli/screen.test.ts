import { expect, it } from 'vitest';
import { screenLog } from '../../src/cli/log.ts';
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
