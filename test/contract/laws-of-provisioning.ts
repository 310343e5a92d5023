import { describe, expect, it } from 'vitest';
import type {
  KnownOptions,
  ProvisionReport,
  ProvisionRequest,
} from '../../src/connector/provision.ts';
import type { FieldOption } from '../../src/domain/field.ts';
import type { ListSpec } from '../../src/domain/list.ts';
import type { Given } from './connector.contract.ts';
import { sampleFields, sampleRequest } from './provision-samples.ts';

const gold = { value: 'gold', label: 'GOLD' };
const silver = { value: 'silver', label: 'SILVER' };
const bronze = { value: 'bronze', label: 'BRONZE' };

const signal = new AbortController().signal;

/** What became of what a connector can do itself. */
function done({ steps }: ProvisionReport): ReadonlySet<string> {
  return new Set(steps.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'manual'));
}

export function lawsOfProvisioning(given: Given): void {
  it('the first time creates, the second changes nothing', async () => {
    const connector = given().open();
    const first = await connector.provision(sampleRequest, signal);
    expect(done(first)).toEqual(new Set(['created']));
    const after = given().schema();
    const request = { ...sampleRequest, knownLists: first.lists };
    const second = await given().open().provision(request, signal);
    expect(done(second)).toEqual(new Set(['unchanged']));
    expect(second.lists).toEqual(first.lists);
    expect(given().schema()).toEqual(after);
  });

  it('taking away leaves the CRM as it was', async () => {
    const before = given().schema();
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    expect(given().schema()).not.toEqual(before);
    const report = await connector.unprovision({ ...sampleRequest, knownLists: lists }, signal);
    expect(report.lists).toEqual([]);
    expect(done(report)).toEqual(new Set(['removed']));
    expect(given().schema()).toEqual(before);
  });

  it('lists whose maker was killed before it could tell of them are ours the next time', async () => {
    const begun = new Set<string>();
    const note = async ({ key }: ListSpec) => void begun.add(key);
    const making = { ...sampleRequest, begunLists: { has: () => false, note } };
    const first = await given().open().provision(making, signal);
    const after = given().schema();
    const has = ({ key }: ListSpec) => begun.has(key);
    const again = { ...sampleRequest, begunLists: { has, note } };
    const second = await given().open().provision(again, signal);
    expect(done(second)).not.toContain('problem');
    expect(second.lists).toEqual(first.lists);
    expect(given().schema()).toEqual(after);
  });

  it('a new option is added, none is taken away', async () => {
    const connector = given().open();
    const { lists } = await connector.provision(sampleRequest, signal);
    const fields = sampleFields.map((field) => {
      if (field.kind !== 'choice') return field;
      return { ...field, options: [{ value: 'platinum', label: 'Platinum' }] };
    });
    const request = { ...sampleRequest, fields, knownLists: lists };
    const report = await connector.provision(request, signal);
    const outcomes = report.steps.filter(
      ({ outcome }) => !['unchanged', 'manual'].includes(outcome),
    );
    expect(outcomes).toMatchObject([{ subject: 'field', outcome: 'extended' }]);
    const again = await connector.provision({ ...sampleRequest, knownLists: lists }, signal);
    expect(done(again)).toEqual(new Set(['unchanged']));
  });

  describe('a class that the policy renames or retires', () => {
    const tiers = (options: readonly FieldOption[], retired: readonly string[] = []) =>
      sampleFields.map((field) =>
        field.kind === 'choice' ? { ...field, options, retired } : field,
      );
    const known = (held: readonly string[]): KnownOptions => ({
      given: (_field, value) => [value.toUpperCase()],
      isHeld: (_field, value) => held.includes(value),
    });
    const provisioned = async (request: Partial<ProvisionRequest>) => {
      const connector = given().open();
      const { lists } = await connector.provision({ ...sampleRequest, lists: [] }, signal);
      const next = { ...sampleRequest, ...request, lists: [], knownLists: lists };
      const { steps } = await given().open().provision(next, signal);
      const again = await given().open().provision(next, signal);
      expect(done(again)).toEqual(new Set(['unchanged']));
      return steps.filter(({ outcome }) => !['unchanged', 'manual'].includes(outcome));
    };

    it('has its new label in the CRM, unless a person gave it another; nothing else changes', async () => {
      const renamed = [gold, { ...silver, label: 'Second best' }, bronze];
      const steps = await provisioned({ fields: tiers(renamed), knownOptions: known([]) });
      expect(steps).toMatchObject([{ subject: 'field', outcome: 'changed' }]);
      expect(given().tierOptions()).toMatchObject(renamed);
      const theirs = { given: () => ['another'], isHeld: () => false };
      const back = await provisioned({
        fields: tiers([gold, silver, bronze]),
        knownOptions: theirs,
      });
      expect(back).toEqual([]);
      expect(given().tierOptions()).toMatchObject(renamed);
    });

    it('stays while a customer has it, and goes when nobody does', async () => {
      const fields = tiers([gold, bronze], ['silver']);
      await provisioned({ fields, knownOptions: known(['silver']) });
      expect(given().tierOptions()).toMatchObject([gold, silver, bronze]);
      const steps = await provisioned({ fields, knownOptions: known([]) });
      expect(steps).toMatchObject([{ subject: 'field', outcome: 'changed' }]);
      expect(given().tierOptions()).toMatchObject([gold, bronze]);
    });
  });
}
