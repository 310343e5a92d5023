import type { AlertKind } from '../domain/alert.ts';

/** An alert's title, and what to do: the runbook's own line. */
export type AlertGuide = { readonly title: string; readonly todo: string };

/** By kind; the runbook says the same, `test/runbook-alerts.test.ts` holds both equal. */
export const alertGuides: Readonly<Record<AlertKind, AlertGuide>> = {
  'run-failed': {
    title: 'A run failed',
    todo: 'Look the code up in the runbook; the next run goes on from the last checkpoint.',
  },
  'plan-held': {
    title: 'A plan waits for your word',
    todo: 'Run `assay plans <plan>`: it says why, and ends with the commands that approve or reject it; until then nothing is planned or written for this connection.',
  },
  'connection-paused': {
    title: 'A connection is paused',
    todo: 'Mend what the code names, then run `assay run --connection <name>`, or wait for the next scheduled run, which tries again.',
  },
  'quota-near': {
    title: 'Our share of the quota is nearly used up',
    todo: 'Nothing, if it happens once: what is left over waits for the next day. If it repeats, raise our share, run deltas less often, or buy more quota.',
  },
  'channel-lapsed': {
    title: 'Webhooks have lapsed',
    todo: 'Look in the log for why they were not renewed (`channels.kept` is missing), and whether ASSAY_PUBLIC_URL can be reached from outside; the delta finds meanwhile what no webhook told.',
  },
  'dead-letters': {
    title: 'Work was given up',
    todo: 'Run `assay dead-letters`, mend what it names, then `assay dead-letters retry --all`.',
  },
  'named-tiers-fell': {
    title: 'Tiers of named customers fell',
    todo: 'Open the customers of `named:` in the policy in the CRM, or run `assay explain <customer>`: it says why, and which order would lift the tier again.',
  },
  'review-due': {
    title: 'The standard is due for review',
    todo: 'Run `assay review --html review.html`, look at it with whoever decides, and then `assay review --done --why "…"`; nothing changes by itself.',
  },
};
