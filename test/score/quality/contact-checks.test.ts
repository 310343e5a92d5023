import { describe, expect, it } from 'vitest';
import { isEmail, isPhone } from '../../../src/score/quality/contact-checks.ts';

describe('an e-mail', () => {
  it.each([
    'mary@example.com',
    "o'neil+news@mail.example.co.uk",
    'ｍary@example.com',
    '王芳@例子.中国',
    'a@xn--fiqs8s.xn--fiqs8s',
    ' padded@example.com ',
  ])('can be %s', (text) => expect(isEmail(text)).toBe(true));

  it.each([
    'mary',
    'mary@',
    '@example.com',
    'mary@example',
    'mary@example..com',
    'mary.@example.com',
    '.mary@example.com',
    'mary@@example.com',
    'mary smith@example.com',
    'mary@-example.com',
    'mary@example.c',
    'mary@127.0.0.1',
    'a@b.com, c@d.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(250)}.com`,
  ])('cannot be %s', (text) => expect(isEmail(text)).toBe(false));
});

describe('a phone', () => {
  it.each([
    '+44 (0)20 7946 0958',
    '0044 20 79460958',
    '138 0013 8000',
    '１３８００１３８０００',
    '010-65551234转802',
    '555.123.4567 ext. 12',
  ])('can be %s', (text) => expect(isPhone(text)).toBe(true));

  it.each(['', '12345', '0000000000', 'call me', '1234567890123456', '+', '555-1234 or 555-9876'])(
    'cannot be %s',
    (text) => expect(isPhone(text)).toBe(false),
  );
});
