import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.ts';
import { oddBytes, spoiltJson, spoiltText } from './odd-values.ts';
import { type Heard, type RawAnswer, rendered, withHeaders } from './raw-answer.ts';
import { sameShape } from './same-shape.ts';
import { statusWays } from './wire-statuses.ts';
import { saying, type Tools, type Way } from './wire-way.ts';

const end = (bytes: Buffer): RawAnswer => ({ bytes, after: 'end' });
const whole = (heard: Heard): RawAnswer => end(rendered(heard));

function body(name: string, to: (text: Buffer, tools: Tools) => Buffer | string, weight = 1): Way {
  return {
    ...{ name, weight },
    spoil: (heard, tools) => whole({ ...heard, body: Buffer.from(to(heard.body, tools)) }),
  };
}

function headers(name: string, of: (tools: Tools) => Readonly<Record<string, string>>): Way {
  return { name, spoil: (heard, tools) => whole(withHeaders(heard, of(tools))) };
}

function framing(name: string, to: (heard: Heard, tools: Tools) => RawAnswer): Way {
  return { name, spoil: to };
}

const bodies: readonly Way[] = [
  body('json', (text, { chance }) => spoiltJson(text.toString(), chance), 8),
  body('same shape', (text, { chance }) => sameShape(text.toString(), chance), 8),
  body('bytes', (text, { chance }) => oddBytes(text.toString(), chance)),
  body('text', (text, { chance }) => spoiltText(text.toString(), chance), 2),
  body('bits', (text, { chance }) => flipped(text, chance), 2),
  body('null', () => 'null'),
  body('utf16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  body('bom', (text) => `\ufeff${text}`),
  body('nul', (text) => `${text}\u0000\u0000`),
  body('blank', () => ' \r\n '),
  body(
    'page',
    () => '<!DOCTYPE html><html><head><title>Sign in to the hotel</title></head></html>',
  ),
  body('no error', (_text, { address }) => saying(`Nothing is known of ${address}`)),
  body('echo', (_text, tools) => echo(tools)),
  body('long', (text) => Buffer.concat([text, Buffer.alloc(8_000_000, 0x20)])),
];

const framings: readonly Way[] = [
  framing('204', ({ headers: given }) => whole({ status: 204, headers: given, body: Buffer.of() })),
  framing('gzip lie', (heard) => whole(withHeaders(heard, { 'content-encoding': 'gzip' }))),
  framing('gzip cut', (heard) => {
    const packed = gzipSync(Buffer.concat([heard.body, Buffer.alloc(2_000, 0x20)]));
    const cut = packed.subarray(0, Math.floor(packed.length / 2));
    return whole({ ...withHeaders(heard, { 'content-encoding': 'gzip' }), body: cut });
  }),
  framing('gzip bomb', (heard) => {
    const packed = gzipSync(Buffer.alloc(32_000_000, 0x20));
    return whole({ ...withHeaders(heard, { 'content-encoding': 'gzip' }), body: packed });
  }),
  framing('encoding', (heard, { chance }) => {
    const encoding = chance.pick([
      'br',
      'zstd',
      'x-nonsense',
      'gzip, gzip, deflate',
      ', ,',
      'GZIP',
    ]);
    return whole(withHeaders(heard, { 'content-encoding': encoding }));
  }),
  framing('longer', (heard) => end(rendered(heard, [`content-length: ${heard.body.length + 9}`]))),
  framing('waited for', (heard) => {
    const bytes = rendered(heard, [`content-length: ${heard.body.length + 9}`]);
    return { bytes, after: 'hang' };
  }),
  framing('dripped', (heard) => ({ bytes: rendered(heard, []), after: 'drip' })),
  framing('shorter', (heard) => {
    const length = Math.max(0, heard.body.length - 9);
    return end(rendered(heard, [`content-length: ${length}`]));
  }),
  framing('no length', (heard) => end(rendered(heard, []))),
  framing('odd length', (heard, { chance }) => {
    const length = chance.pick([
      '-5',
      'NaN',
      '1e9',
      '9'.repeat(40),
      '0x10',
      '7\r\ncontent-length: 9',
    ]);
    return end(rendered(heard, [`content-length: ${length}`]));
  }),
  framing('bad chunks', (heard, { chance }) => {
    const size = chance.pick(['zz', 'ffffffffffffffff', '-1', '5', '']);
    const chunks = Buffer.concat([Buffer.from(`${size}\r\n`), heard.body]);
    return end(rendered({ ...heard, body: chunks }, ['transfer-encoding: chunked']));
  }),
  framing('cut', (heard, { chance }) => {
    const bytes = rendered(heard);
    return {
      bytes: bytes.subarray(0, chance.whole(bytes.length)),
      after: chance.pick(['end', 'reset']),
    };
  }),
  framing('no http', (_heard, { chance }) =>
    end(
      Buffer.from(
        chance.pick([
          '',
          'SSH-2.0-OpenSSH_9\r\n',
          'HTTP/9.9 x\r\n\r\n',
          '\u0016\u0003\u0001',
          '\r\n',
        ]),
        'latin1',
      ),
    ),
  ),
  framing('early hints', (heard) =>
    end(Buffer.concat([Buffer.from('HTTP/1.1 103 Early\r\nlink: <x>\r\n\r\n'), rendered(heard)])),
  ),
];

const numbers = ['', '0', '-1', '1e999', 'NaN', '9'.repeat(400), '9'.repeat(15), '1', 'x', '0.5'];
const moments = [
  ...['Fri, 31 Dec 9999 23:59:59 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', '+275760-09-13T00:00:00Z'],
  ...['yesterday', 'Sun, 06 Nov 2067 08:49:37 GMT', '-000001-01-01T00:00:00Z', ...numbers],
];
const limits = [
  ...['x-hubspot-ratelimit-max', 'x-hubspot-ratelimit-interval-milliseconds'],
  ...['x-hubspot-ratelimit-daily', 'x-hubspot-ratelimit-daily-remaining'],
  ...['x-hubspot-ratelimit-remaining', 'x-api-credits-remaining', 'x-ratelimit-remaining'],
] as const;

const heads: readonly Way[] = [
  headers('limits', ({ chance }) =>
    Object.fromEntries(limits.map((name) => [name, chance.pick(numbers)])),
  ),
  headers('date', ({ chance }) => ({ date: chance.pick(moments) })),
  headers('type', ({ chance }) => ({
    'content-type': chance.pick([
      'text/html',
      '',
      ';',
      'application/json; charset=utf-16',
      'x'.repeat(999),
    ]),
  })),
  headers('many', () =>
    Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`x-odd-${at}`, String(at)])),
  ),
  headers('huge', () => ({ 'x-odd': 'x'.repeat(40_000) })),
  headers('binary', () => ({ 'x-odd': '\u00ff\u0001\u007f', 'x odd': 'y', '': 'z' })),
  headers('cookies', () => ({ 'set-cookie': 'a=b; domain=.', refresh: '0; url=/', link: '<x>' })),
];

/** All of them, each as often as it is dealt. */
export const everyWay: readonly Way[] = [...bodies, ...framings, ...heads, ...statusWays(moments)];

/** As programs in between say it: with what they were asked. */
function echo({ passing, address }: Tools): string {
  return saying(`Not understood: authorization: ${passing.authorization}, for ${address}`);
}

function flipped(bytes: Buffer, chance: Chance): Buffer {
  const changed = Buffer.from(bytes);
  for (let times = 1 + chance.whole(8); times > 0 && bytes.length > 0; times -= 1)
    changed[chance.whole(bytes.length)] = chance.whole(256);
  return changed;
}
