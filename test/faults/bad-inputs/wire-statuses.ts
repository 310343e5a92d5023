import { type Heard, type RawAnswer, rendered, withHeaders } from './raw-answer.ts';
import type { Tools, Way } from './wire-way.ts';

const redirects = [300, 301, 302, 303, 305, 306, 307, 308] as const;
const refusals = [
  ...[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418,
  ],
  ...[421, 422, 423, 424, 425, 426, 428, 429, 431, 444, 451, 477, 494, 499],
] as const;
const failures = [
  500, 501, 502, 503, 504, 505, 508, 511, 520, 522, 524, 527, 530, 598, 599,
] as const;
const others = [100, 101, 102, 199, 201, 202, 203, 205, 206, 207, 226, 299, 304, 600, 999] as const;

/** Statuses, with what goes with them. `moments`: odd times and numbers. */
export function statusWays(moments: readonly string[]): readonly Way[] {
  return [
    { name: 'redirect', weight: 4, spoil: redirect },
    {
      name: 'refusal',
      weight: 3,
      isBefore: true,
      spoil: (heard, tools) => told(heard, tools, refusals),
    },
    { name: 'failure', weight: 2, spoil: (heard, tools) => told(heard, tools, failures) },
    { name: 'other', weight: 2, spoil: (heard, tools) => told(heard, tools, others) },
    {
      ...{ name: 'later', weight: 3, isBefore: true },
      spoil: (heard, tools) => {
        const status = tools.chance.pick([423, 429, 429, 477, 503]);
        const asked = { 'retry-after': tools.chance.pick(moments) };
        return whole({ ...withHeaders(heard, asked), status, body: refused(tools) });
      },
    },
  ];
}

function redirect(heard: Heard, { chance, elsewhere }: Tools): RawAnswer {
  const location = chance.pick([
    ...[elsewhere, `${elsewhere}/crm`, elsewhere.replace('127.0.0.1', 'localhost')],
    ...[
      '/',
      '',
      '//',
      'http://',
      'file:///etc/passwd',
      'javascript:1',
      '\u00ff',
      'x'.repeat(9_000),
    ],
  ]);
  const status = chance.pick(redirects);
  return whole({ ...withHeaders(heard, { location }), status });
}

/** With the body that was heard, with one that says why, or with a page. */
function told(heard: Heard, tools: Tools, statuses: readonly number[]): RawAnswer {
  const status = tools.chance.pick(statuses);
  const page = Buffer.from('<html><head><title>An odd page</title></head></html>');
  const body = tools.chance.pick([heard.body, refused(tools), refused(tools), page, Buffer.of()]);
  return whole({ ...heard, status, body });
}

const codes = [
  ...[
    'MISSING_SCOPES',
    'RATE_LIMITS',
    'VALIDATION_ERROR',
    'OBJECT_NOT_FOUND',
    'CONFLICT',
    'BANNED',
  ],
  ...['INVALID_TOKEN', 'OAUTH_SCOPE_MISMATCH', 'NO_PERMISSION', 'INVALID_MODULE', 'INTERNAL_ERROR'],
  ...['INVALID_DATA', 'MANDATORY_NOT_FOUND', 'EXPIRED_VALUE', 'LIMIT_EXCEEDED', '__proto__', 'x y'],
] as const;

function refused({ chance, passing, address }: Tools): Buffer {
  const code = chance.pick(codes);
  const message = chance.pick([
    ...[
      '',
      'daily limit',
      'secondly',
      'concurrency',
      `${address} is not valid`,
      'x'.repeat(50_000),
    ],
    ...[`authorization: ${passing.authorization}`, '\u202e\u0000\n    at odd (odd.ts:1)', '\ud800'],
  ]);
  const context = { propertyName: ['email'], id: ['1'], requiredScopes: [message] };
  const line = { code, message, status: 'error', category: code, policyName: message, context };
  const details = { api_name: 'Email', permissions: [message], id: '1' };
  const all = { ...line, details, errors: [line], data: [{ ...line, details }] };
  return Buffer.from(chance.is(0.2) ? JSON.stringify([all]) : JSON.stringify(all));
}

function whole(heard: Heard): RawAnswer {
  return { bytes: rendered(heard), after: 'end' };
}
