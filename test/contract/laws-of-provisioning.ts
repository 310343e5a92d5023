import { expect, it } from 'vitest';
import type { ProvisionReport } from '../../src/connector/provision.ts';
import type { Given } from './connector.contract.ts';
import { sampleFields, sampleRequest } from './provision-samples.ts';

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
}
