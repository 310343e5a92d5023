import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { moreInputs } from './0002-more-inputs.ts';
import { referralCounts } from './0003-referral-counts.ts';
import { fieldIds } from './0004-field-ids.ts';
import { identities } from './0005-identities.ts';
import { inbox } from './0006-inbox.ts';
import { channels } from './0008-channels.ts';
import { fences } from './0009-fences.ts';
import { schedules } from './0010-schedules.ts';
import { alerts } from './0011-alerts.ts';
import { planDecisions } from './0012-plan-decisions.ts';
import { audit } from './0013-audit.ts';
import { baselines } from './0014-baselines.ts';
import { stops } from './0015-stops.ts';
import { overrides } from './0016-overrides.ts';
import { policies } from './0017-policies.ts';
import { access } from './0018-access.ts';
import { scoreHistory } from './0019-score-history.ts';
import { reviewAndShadow } from './0020-review-and-shadow.ts';
import { settledRuns } from './0021-settled-runs.ts';
import { begunJobs } from './0022-begun-jobs.ts';
import { stepsOnTheirWay } from './0023-steps-on-their-way.ts';
import { amountsHeld } from './0024-amounts-held.ts';
import { listingDue } from './0025-listing-due.ts';

/** All migrations, oldest first; a name once released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-more-inputs': moreInputs,
  '0003-referral-counts': referralCounts,
  '0004-field-ids': fieldIds,
  '0005-identities': identities,
  '0006-inbox': inbox,
  '0008-channels': channels,
  '0009-fences': fences,
  '0010-schedules': schedules,
  '0011-alerts': alerts,
  '0012-plan-decisions': planDecisions,
  '0013-audit': audit,
  '0014-baselines': baselines,
  '0015-stops': stops,
  '0016-overrides': overrides,
  '0017-policies': policies,
  '0018-access': access,
  '0019-score-history': scoreHistory,
  '0020-review-and-shadow': reviewAndShadow,
  '0021-settled-runs': settledRuns,
  '0022-begun-jobs': begunJobs,
  '0023-steps-on-their-way': stepsOnTheirWay,
  '0024-amounts-held': amountsHeld,
  '0025-listing-due': listingDue,
};
