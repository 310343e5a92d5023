import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchKeys } from '../../src/store/match-keys.ts';

const nobody = { email: null, phone: null, name: null, country: null };

describe('what a record is matched by', () => {
  it.each([
    ['Ada@Example.com ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['none', null],
    ['a b@example.com', null],
    ['', null],
  ])('e-mail %j is %j', (email, expected) => {
    expect(matchKeys({ ...nobody, email }).email_key).toBe(expected);
  });

  it.each([
    ['+44 (0)20 7946 0958', '442079460958'],
    ['0044 20 7946 0958', '442079460958'],
    ['020 7946 0958', '02079460958'],
    ['＋８６ １３８ ００１３ ８０００', '8613800138000'],
    ['12-34-56', null],
    ['0000000000', null],
    ['1111111', null],
    ['unknown', null],
  ])('phone %j is %j', (phone, expected) => {
    expect(matchKeys({ ...nobody, phone }).phone_key).toBe(expected);
  });

  it('name counts only where nothing better is known', () => {
    const named = { ...nobody, name: '王  小明', country: '中国' };
    expect(matchKeys(named).name_key).toBe('王 小明 / 中国');
    expect(matchKeys({ ...named, phone: '+86 138 0013 8000' }).name_key).toBeNull();
    expect(matchKeys({ ...named, email: 'n/a' }).name_key).toBe('王 小明 / 中国');
    expect(matchKeys({ ...nobody, name: '-' }).name_key).toBeNull();
  });

  it('is the same in every case, with whatever space around it', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.nat(), (email, digits) => {
        const phone = `+4${digits}1234567`;
        const plain = matchKeys({ ...nobody, email, phone });
        const spelt = { email: ` ${email.toUpperCase()}`, phone: phone.replace('+', '00 ') };
        expect(matchKeys({ ...nobody, ...spelt })).toEqual(plain);
      }),
    );
  });
});
