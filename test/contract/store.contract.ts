import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAudit } from './store/audit.ts';
import { describeBaselines } from './store/baselines.ts';
import { describeDuplicates } from './store/duplicates.ts';
import { describeFences } from './store/fences.ts';
import { aCustomer, newConnection, type Subject, save, world } from './store/fixtures.ts';
import { describeIdentities } from './store/identities.ts';
import { describeInbox } from './store/inbox.ts';
import { describeKeeping } from './store/keeping.ts';
import { describeMerges } from './store/merges.ts';
import { describeNamed } from './store/named.ts';
import { describeOverrides } from './store/overrides.ts';
import { describePages } from './store/pages.ts';
import { describePlanWords } from './store/plan-words.ts';
import { describePlans } from './store/plans.ts';
import { describePlansBeside } from './store/plans-beside.ts';
import { describePolicies } from './store/policies.ts';
import { describePulls } from './store/pulls.ts';
import { describeRecords } from './store/records.ts';
import { describeRetention } from './store/retention.ts';
import { describeRollbacks } from './store/rollbacks.ts';
import { describeSchedules } from './store/schedules.ts';
import { describeScoreHistory } from './store/score-history.ts';
import { describeScores } from './store/scores.ts';
import { describeSecrets } from './store/secrets.ts';
import { describeSettledRuns } from './store/settled-runs.ts';
import { describeShadows } from './store/shadows.ts';
import { describeWork } from './store/work.ts';

/** What every store keeps to. `open` gives an empty one; the suite has one open throughout. */
export function describeStore(name: string, open: () => Promise<Subject>): void {
  describe(`the store on ${name}`, () => {
    let subject: Subject | undefined;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => subject?.close());

    const get = () => {
      if (subject === undefined) throw new Error('The store did not open');
      return subject.store;
    };
    describePages(get);
    describeMerges(get);
    describePulls(get);
    describeNamed(get);
    describeRecords(get);
    describeDuplicates(get);
    describeScores(get);
    describeScoreHistory(get);
    describePlans(get);
    describePlansBeside(get);
    describeBaselines(get);
    describePlanWords(get);
    describeAudit(get);
    describeFences(get);
    describeWork(get);
    describePolicies(get);
    describeShadows(get);
    describeKeeping(get);
    describeIdentities(get);
    describeInbox(get);
    describeOverrides(get);
    describeRollbacks(get);
    describeSettledRuns(get);
    describeSchedules(get);
    describeRetention(get);
    describeSecrets(get);

    it('has everything again after it was closed and opened', async () => {
      const c = newConnection();
      await save(get(), c, { customers: [aCustomer('1')] });
      await get().flush();
      const store = await subject?.reopen();
      expect(store && (await world(store, c))).toEqual([{ customer: aCustomer('1'), deals: [] }]);
    });
  });
}
