import { spawn } from 'node:child_process';
import type { Variables } from '../../config/environment.ts';

/** Opens a page where this machine has a browser; silently nothing where it has none. */
export function openBrowser(address: string, variables: Variables): void {
  const command = browserCommand(variables);
  if (command === null) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

function browserCommand(variables: Variables): readonly [string, ...string[]] | null {
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default: {
      // Without a display it would start a browser of text in this very terminal.
      const display = variables['DISPLAY'] ?? variables['WAYLAND_DISPLAY'] ?? '';
      return display === '' ? null : ['xdg-open'];
    }
  }
}
