import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../../src/domain/day.ts';
import type { CustomerHistory } from '../../src/domain/history.ts';
import {
  type KeptOverride,
  type Override,
  type OverrideFamily,
  overrideFamilies,
} from '../../src/domain/override.ts';
import type { Score } from '../../src/domain/score.ts';
import { desiredFields } from '../../src/plan/desired-fields.ts';
import { entriesOf } from '../../src/policy/class-catalogue.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { decidedOf, type RecordWords } from '../../src/score/decided.ts';
import { explain } from '../../src/score/explain.ts';
import { reasonText } from '../../src/score/reason.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { deals } from './arbitraries.ts';
import { AS_OF, history, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { fixedCuts, scored } from './score-of.ts';

const frame = { policy, cuts: fixedCuts };
const today = 15_317;

const wordOn = (family: OverrideFamily, key: string, given: Partial<Override> = {}): Override => ({
  ...{ family, class: key, why: 'a promise', by: 'A. Meier', until: null, source: 'cli' },
  ...given,
});

const anyWord = fc
  .constantFrom(...overrideFamilies)
  .filter((family) => entriesOf(policy, family).length > 0)
  .chain((family) =>
    fc.record({
      family: fc.constant(family),
      class: fc.constantFrom(...entriesOf(policy, family).map(({ key }) => key)),
      why: fc.constant('a promise'),
      by: fc.constant('A. Meier'),
      until: fc.option(fc.integer({ min: today - 40, max: today + 400 }).map(dayText), {
        nil: null,
      }),
      source: fc.constantFrom('cli', 'csv', 'crm'),
    } satisfies { [K in keyof Override]: fc.Arbitrary<Override[K]> }),
  );

const anyHistory = deals.map((given) => history(given));

const words = (known: CustomerHistory, overrides: readonly Override[]): CustomerHistory => ({
  ...known,
  overrides,
});

const entryLabel = ({ class: key }: Override) =>
  policy.tiers.classes.find((one) => one.key === key)?.label.en ?? 'none';

const classIn = ({ tier, classes }: Score, family: OverrideFamily) =>
  family === 'value_tier' ? tier : (classes[family]?.key ?? null);

describe('a person’s word', () => {
  it('is what is given in its family, until the day after its last; the rules’ own then', () => {
    fc.assert(
      fc.property(anyHistory, anyWord, (known, word) => {
        const without = scored(known);
        const given = scored(words(known, [word]));
        const holds = word.until === null || word.until >= AS_OF;
        expect(classIn(given, word.family)).toBe(
          holds ? word.class : classIn(without, word.family),
        );
        if (!holds) expect(given).toEqual(without);
      }),
    );
  });

  it('is in the reason that people read in the CRM, also of who never bought', () => {
    fc.assert(
      fc.property(fc.constantFrom([], [won('2011-11-01', 120_00)]), anyWord, (deals, word) => {
        const given = scored(words(history(deals), [{ ...word, until: null }]));
        const { reason } = desiredFields(given, policy);
        expect(reason).toMatch(/given by hand|By hand/);
        if (word.family === 'value_tier')
          expect(explain(given, policy, null).lines[1]).toContain(entryLabel(word));
      }),
    );
  });

  it('moves no score, no forecast and no standing, nor the class of any other family', () => {
    fc.assert(
      fc.property(anyHistory, anyWord, (known, word) => {
        const without = scored(known);
        const given = scored(words(known, [word]));
        const steady = ({ value, loyalty, credit, rfm, standing, points, prediction }: Score) => ({
          ...{ value, loyalty, credit, rfm, standing, points, prediction },
        });
        expect(steady(given)).toEqual(steady(without));
        for (const family of overrideFamilies) {
          // The highest tier makes red.
          const follows = family === 'importance' && word.family === 'value_tier';
          if (family !== word.family && !follows)
            expect(classIn(given, family)).toBe(classIn(without, family));
        }
      }),
    );
  });

  it('once cleared or lapsed was never there: scores and standing to the bit, day after day', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyWord,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        (known, word, steps, cleared) => {
          let with_: Score | null = null;
          let without: Score | null = null;
          let day = today - 200;
          const end = cleared % steps.length;
          for (const [at, step] of steps.entries()) {
            day += step;
            const asOf = dayText(day);
            const on = at < end ? words(known, [word]) : known;
            with_ = scoreCustomer(on, asOf, frame, with_?.standing ?? null);
            without = scoreCustomer(known, asOf, frame, without?.standing ?? null);
            expect(with_.standing).toEqual(without.standing);
          }
          expect(with_).toEqual(without);
        },
      ),
    );
  });

  it('is scored again on the day after its last, at the latest', () => {
    fc.assert(
      fc.property(anyHistory, anyWord, (known, word) => {
        const { nextChangeOn } = scored(words(known, [word]));
        if (word.until !== null && word.until >= AS_OF)
          expect(nextChangeOn !== null && nextChangeOn > AS_OF).toBe(true);
        if (word.until !== null && word.until >= AS_OF)
          expect((nextChangeOn ?? '') <= dayAfter(word.until)).toBe(true);
      }),
    );
  });

  it('only the days that are named change anything: scored on them alone it is as scored daily', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(anyWord, { maxLength: 3 }), (known, given) => {
        const decided = words(known, given);
        let daily: Score | null = null;
        let due: Score | null = null;
        for (let day = today; day < today + 120; day += 1) {
          const asOf = dayText(day);
          daily = scoreCustomer(decided, asOf, frame, daily?.standing ?? null);
          if (due === null || (due.nextChangeOn ?? '9999') <= asOf)
            due = scoreCustomer(decided, asOf, frame, due?.standing ?? null);
          expect(due.tier).toBe(daily.tier);
          expect(due.standing).toEqual(daily.standing);
          expect(due.classes).toEqual(daily.classes);
          expect(due.fall).toEqual(daily.fall);
          expect(due.held).toEqual(daily.held);
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('on a tier names the fall that its end brings: the first lower tier day by day', () => {
    fc.assert(
      fc.property(anyHistory, anyWord, (known, word) => {
        const decided = words(known, [word]);
        const first = scored(decided);
        if (first.tier === null) return;
        let before = first;
        for (let day = today + 1; day < today + 120; day += 1) {
          const now = scoreCustomer(decided, dayText(day), frame, before.standing);
          const fell = rank(now) > rank(before);
          if (fell || first.fall?.on === dayText(day)) {
            expect(now.tier === null ? null : { on: now.asOf, to: now.tier }).toEqual(first.fall);
            return;
          }
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

function rank({ tier }: Score): number {
  const at = fixedCuts.tiers.findIndex(({ key }) => key === tier);
  return at < 0 ? fixedCuts.tiers.length : at;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

describe('the black list', () => {
  it('is never computed: whoever is on it was put there by a person', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(anyWord, { maxLength: 3 }), (known, given) => {
        const { importance } = scored(words(known, given)).classes;
        if (importance?.key !== 'black') return;
        expect(importance.code).toBe('override');
        expect(importance.facts).toMatchObject({ why: 'a promise', by: 'A. Meier' });
      }),
    );
  });

  it('offers nobody a way up, nor does a tier that a person gave', () => {
    const known = history([won('2011-12-01', 100_00)]);
    expect(scored(known).wayUp).not.toBeNull();
    for (const word of [wordOn('importance', 'black'), wordOn('value_tier', 'silver')])
      expect(scored(words(known, [word])).wayUp).toBeNull();
  });
});

describe('what a person reads of it', () => {
  const known = history([won('2011-12-01', 100_00)]);
  const { tier } = scored(known);
  const decided = words(known, [
    wordOn('value_tier', 'platinum', { until: '2012-06-30' }),
    wordOn('importance', 'black', { why: 'two unpaid invoices' }),
  ]);
  const score = scored(decided);

  it('tells who, why, until when, and what the rules give', () => {
    expect(score.held).toEqual({
      ...{ code: 'override', without: tier, until: '2012-07-01' },
      named: { why: 'a promise', by: 'A. Meier' },
    });
    expect(score.classes.importance).toEqual({
      ...{ key: 'black', since: null, code: 'override' },
      facts: { why: 'two unpaid invoices', by: 'A. Meier', without: 'red' },
    });
    const { figures, classes } = explain(score, policy, fixedCuts);
    expect(figures.find(({ code }) => code === 'held')?.text).toContain('a promise, A. Meier');
    const text = classes.find(({ family }) => family === 'importance')?.text;
    expect(text).toContain('two unpaid invoices');
    expect(text).not.toContain('undefined');
  });

  it('is in the reason that the CRM shows, in both languages, without names', () => {
    for (const language of ['en', 'zh'] as const) {
      const text = reasonText(score, policy, language);
      expect(text).toContain(language === 'en' ? 'given by hand' : '人工指定');
      expect(text).not.toContain('Meier');
    }
  });

  it('says the tier of a customer without an order too', () => {
    const nobody = words(history([]), [wordOn('value_tier', 'gold')]);
    const found = scored(nobody);
    expect(found).toMatchObject({ tier: 'gold', standing: null, grade: null });
    expect(found.held).toMatchObject({ code: 'override', without: null });
    expect(reasonText(found, policy, 'en')).toContain('Gold');
  });
});

describe('of several words', () => {
  const kept = (given: Partial<KeptOverride>): KeptOverride => ({
    ...wordOn('value_tier', 'gold'),
    ...{ position: 1, connection: 'c', customer: '1', now: '1' },
    ...{ at: '2026-01-01T00:00:00.000Z', ended: null, ...given },
  });
  const record = (given: Partial<RecordWords>): RecordWords => ({
    ...{ attributes: {}, overrides: [], fields: {}, ...given },
  });
  const classes = (records: readonly RecordWords[], rules: Policy = policy) =>
    decidedOf(records, rules).overrides.map((one) => one.class);

  it('the newest wins, whichever record it was set on and in whatever order they are read', () => {
    const old = kept({ position: 2, at: '2026-01-01T00:00:00.000Z', class: 'silver' });
    const fresh = kept({ position: 1, at: '2026-02-01T00:00:00.000Z', class: 'gold' });
    const twin = kept({ position: 9, at: '2026-02-01T00:00:00.000Z', class: 'platinum' });
    const records = [old, fresh, twin].map((one) => record({ overrides: [one] }));
    expect(classes(records)).toEqual(['platinum', 'gold', 'silver']);
    expect(classes(records.toReversed())).toEqual(['platinum', 'gold', 'silver']);
  });

  it('a word given to Assay wins over the CRM’s field, that of the most trusted record first', () => {
    const fields = { value_tier: 'manual_tier' };
    const crm = (text: string) => record({ attributes: { manual_tier: text }, fields });
    const given = record({ ...crm('Silver'), overrides: [kept({ class: 'platinum' })] });
    expect(classes([crm('gold'), given])).toEqual(['platinum', 'gold', 'silver']);
    const [, second] = decidedOf([crm('gold'), given], policy).overrides;
    expect(second).toEqual(
      wordOn('value_tier', 'gold', { why: 'manual_tier', by: 'in the CRM', source: 'crm' }),
    );
  });

  it('a field’s text is a key or a label of any language, capitals and blanks aside', () => {
    const fields = { importance: 'list' };
    for (const text of ['black', ' BLACK ', 'Black list', '黑名单']) {
      expect(classes([record({ attributes: { list: text }, fields })])).toEqual(['black']);
    }
    const empty = decidedOf([record({ attributes: { list: '  ' }, fields })], policy);
    expect(empty).toEqual({ overrides: [], isUnclear: false });
  });

  it('a text that is no class is a problem of the record, and decides nothing', () => {
    const fields = { importance: 'list' };
    const decided = decidedOf([record({ attributes: { list: 'purple' }, fields })], policy);
    expect(decided).toEqual({ overrides: [], isUnclear: true });
    const { quality } = history([], { decided });
    expect(quality.problems).toContain('override-unknown');
  });

  it('one that lapses gives way to the next that holds', () => {
    const known = words(history([won('2011-12-01', 1)]), [
      wordOn('value_tier', 'platinum', { until: '2011-12-20' }),
      wordOn('value_tier', 'gold'),
    ]);
    expect(scored(known).tier).toBe('platinum');
    expect(scored(known).nextChangeOn).toBe('2011-12-21');
    expect(scored(known, '2011-12-20').tier).toBe('platinum');
    expect(scored(known, '2011-12-21').tier).toBe('gold');
  });
});
