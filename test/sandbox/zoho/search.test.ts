import { describe, expect, it } from 'vitest';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { idsIn, infoIn } from './answers.ts';
import { startCaller } from './caller.ts';
import { addRecord } from './stored.ts';

const clock = new AdjustableClock(() => Date.parse('2026-11-22T07:00:00Z'));
const org = new Org({ clock: clock.now, indexLagMs: 60_000 });
const { call } = await startCaller({ org, clock });
const [ann, bob, cid] = [
  { First_Name: 'Ann', Last_Name: 'Doe', Email: 'ann@example.com', Phone: '+39 06 1' },
  { First_Name: 'Bob', Last_Name: 'Doe', Secondary_Email: 'bob@example.com' },
  { First_Name: 'Cid', Last_Name: 'Roe (senior)', Mobile: '+39 06 1' },
].map((values) => addRecord(org, 'Contacts', values).id);

async function search(query: string): Promise<readonly string[]> {
  const { status, body } = await call('GET', `/crm/v8/Contacts/search?${query}&fields=id`);
  return status === 204 ? [] : idsIn(body);
}

const by = (criteria: string) => search(`criteria=${encodeURIComponent(criteria)}`);

describe('search', () => {
  it('does not see what is younger than its index', async () => {
    expect(await by('(Last_Name:starts_with:doe)')).toEqual([]);
    clock.advance(60_000);
    expect(await by('(Last_Name:starts_with:doe)')).toEqual([bob, ann]);
    org.records.Contacts.change(ann ?? '', { values: { Last_Name: 'Poe' } });
    expect(await by('(Last_Name:equals:doe)')).toEqual([bob, ann]);
    clock.advance(60_000);
    expect(await by('(Last_Name:equals:doe)')).toEqual([bob]);
    expect(await by('(Last_Name:equals:poe)')).toEqual([ann]);
  });

  it('joins conditions, brackets first and escapes within values', async () => {
    expect(
      await by('((Last_Name:equals:Doe)and(First_Name:equals:Bob))or(First_Name:equals:Cid)'),
    ).toEqual([cid, bob]);
    expect(await by('(Last_Name:equals:Roe \\(senior\\))')).toEqual([cid]);
    expect(await by('(First_Name:in:Ann,Cid)')).toEqual([cid, ann]);
    expect(
      await by('(Created_Time:between:2026-11-22T00:00:00Z,2026-11-23T00:00:00Z)'),
    ).toHaveLength(3);
  });

  it('finds by any e-mail, any phone, and by a word in any text', async () => {
    expect(await search('email=BOB@example.com')).toEqual([bob]);
    expect(await search(`phone=${encodeURIComponent('+39 06 1')}`)).toEqual([cid, ann]);
    expect(await search('word=senior')).toEqual([cid]);
  });

  it('refuses what it cannot read', async () => {
    for (const bad of ['(Last_Name:equals:Doe', 'Last_Name', '(Nonsense:equals:1)'])
      expect(
        (await call('GET', `/crm/v8/Contacts/search?criteria=${encodeURIComponent(bad)}`)).status,
      ).toBe(400);
    const many = Array.from({ length: 16 }, () => '(Last_Name:equals:Doe)').join('and');
    expect(
      (await call('GET', `/crm/v8/Contacts/search?criteria=${encodeURIComponent(many)}`)).body,
    ).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 15 } });
    expect((await call('GET', '/crm/v8/Contacts/search')).status).toBe(400);
  });

  it('ends at 2,000 records', async () => {
    for (let n = 0; n < 2_100; n += 1) addRecord(org, 'Leads', { Last_Name: 'Wall' });
    clock.advance(60_000);
    const path = '/crm/v8/Leads/search?criteria=(Last_Name:equals:Wall)&fields=id';
    const { body } = await call('GET', `${path}&page=10`);
    expect(infoIn(body)).toMatchObject({ count: 200, more_records: true });
    expect((await call('GET', `${path}&page=11`)).status).toBe(400);
  });
});

describe('a count', () => {
  const count = async (query: string) =>
    (await call('GET', `/crm/v8/Contacts/actions/count?${query}`)).body;

  it('is of the module, of a search, or of a view, but not of two', async () => {
    const criteria = [{ field: 'Last_Name', comparator: 'equal', value: 'Doe' }] as const;
    const view = org.customViews.create('Contacts', { name: 'Does', fields: [], criteria });
    expect(await count('')).toEqual({ count: 3 });
    expect(await count('criteria=(First_Name:equals:Ann)')).toEqual({ count: 1 });
    expect(await count(`cvid=${view.id}`)).toEqual({ count: 1 });
    expect(await count(`cvid=${view.id}&word=Ann`)).toMatchObject({
      code: 'AMBIGUITY_DURING_PROCESSING',
    });
  });
});
