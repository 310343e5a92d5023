import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Capabilities } from '../../src/connector/capabilities.ts';
import type { CrmUnderTest } from './crm-under-test.ts';
import { lawsOfChanges, lawsOfMerges } from './laws-of-changes.ts';
import { lawsOfLists, lawsWithoutLists } from './laws-of-lists.ts';
import { lawsOfProvisioning } from './laws-of-provisioning.ts';
import { lawsOfPulling } from './laws-of-pulling.ts';
import { lawsOfReadingByName } from './laws-of-reading-by-name.ts';
import { lawsOfWriting } from './laws-of-writing.ts';

/** The CRM of the test that runs. */
export type Given = () => CrmUnderTest;

/** What a CRM has, and so which laws hold for it; the connector must declare the same. */
export type Traits = Pick<Capabilities, 'staticLists' | 'tracesMerges'>;

/** The laws that every connector passes, against a CRM that `setup` starts anew for each. */
export function describeConnector(
  name: string,
  traits: Traits,
  setup: () => Promise<CrmUnderTest>,
): void {
  describe(`${name} connector`, () => {
    let crm: CrmUnderTest;
    beforeEach(async () => {
      crm = await setup();
    });
    afterEach(async () => {
      await crm.close();
    });
    const given = () => crm;
    describe('pulls everything', () => lawsOfPulling(given));
    it('declares what its CRM has', () => {
      expect(given().open().capabilities).toMatchObject(traits);
    });
    describe('pulls what changed', () => {
      lawsOfChanges(given);
      if (traits.tracesMerges) lawsOfMerges(given);
    });
    describe('reads by name', () => lawsOfReadingByName(given));
    describe('writes', () => lawsOfWriting(given));
    describe('provisions', () => lawsOfProvisioning(given));
    describe('lists', () => (traits.staticLists ? lawsOfLists(given) : lawsWithoutLists(given)));
  });
}
