import type { Finding } from '../../src/connector/account.ts';

export function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message };
}

export function warning(check: string, message: string, todo: string): Finding {
  return { check, status: 'warning', message, todo };
}

export function problem(check: string, message: string, todo: string): Finding {
  return { check, status: 'problem', message, todo };
}
