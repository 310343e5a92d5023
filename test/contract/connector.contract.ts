import { afterEach, beforeEach, describe } from 'vitest';
import type { CrmUnderTest } from './crm-under-test.ts';
import { lawsOfChanges } from './laws-of-changes.ts';
import { lawsOfProvisioning } from './laws-of-provisioning.ts';
import { lawsOfPulling } from './laws-of-pulling.ts';
import { lawsOfWriting } from './laws-of-writing.ts';

/** The CRM of the test that runs. */
export type Given = () => CrmUnderTest;

/** The laws that every connector passes, against a CRM that `setup` starts anew for each. */
export function describeConnector(name: string, setup: () => Promise<CrmUnderTest>): void {
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
    describe('pulls what changed', () => lawsOfChanges(given));
    describe('writes', () => lawsOfWriting(given));
    describe('provisions', () => lawsOfProvisioning(given));
  });
}
