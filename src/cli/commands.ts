import type { CommandBody, CommandName } from './command.ts';

/** A command before it is loaded, so that `--help` starts at once. */
export type CommandEntry = CommandName & { readonly load: () => Promise<CommandBody> };

/** Every command, in the order of a first visit. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'Show the whole job on real orders, without an account',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  {
    name: 'connect',
    summary: 'Give a connection access: a person agrees in the browser',
    load: async () => (await import('./commands/connect.ts')).connect,
  },
  {
    name: 'doctor',
    summary: 'Check a connection: token, scopes, quota, fields, data',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'provision',
    summary: 'Create our fields and lists in the CRM, or take them away',
    load: async () => (await import('./commands/provision.ts')).provision,
  },
  {
    name: 'run',
    summary: 'Pull, score, plan and apply: one pass over each connection',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'serve',
    summary: 'Run by itself: webhooks, schedule and work in one process',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'worker',
    summary: 'One more process that does the work, on a Postgres server',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'pull',
    summary: 'Read what changed in the CRM',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  {
    name: 'score',
    summary: 'Score customers from what was pulled',
    load: async () => (await import('./commands/score.ts')).score,
  },
  {
    name: 'plan',
    summary: 'Show what would be written, and write nothing',
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  {
    name: 'apply',
    summary: 'Write the plan to the CRM',
    load: async () => (await import('./commands/apply.ts')).apply,
  },
  {
    name: 'rollback',
    summary: 'Put back what a run wrote, or everything since',
    load: async () => (await import('./commands/rollback.ts')).rollback,
  },
  {
    name: 'pause',
    summary: 'Stop a connection: nothing is read or written any more',
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'resume',
    summary: 'Let a stopped connection go on',
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'plans',
    summary: 'List plans, or show one whole: who moves, why it waits',
    load: async () => (await import('./commands/plans.ts')).plans,
  },
  {
    name: 'approve',
    summary: 'Let a plan that waits be written',
    load: async () => (await import('./commands/approve.ts')).approve,
  },
  {
    name: 'reject',
    summary: 'End a plan that waits',
    load: async () => (await import('./commands/reject.ts')).reject,
  },
  {
    name: 'explain',
    summary: 'Say why a customer has its score',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'override',
    summary: 'Move a customer by hand, until a day, whatever the rules give',
    load: async () => (await import('./commands/override.ts')).override,
  },
  {
    name: 'erase',
    summary: 'Forget a customer: in the CRM our fields, here everything',
    load: async () => (await import('./commands/erase.ts')).erase,
  },
  {
    name: 'identity',
    summary: 'List whom several CRMs know, and what contradicts itself',
    load: async () => (await import('./commands/identity.ts')).identity,
  },
  {
    name: 'dead-letters',
    summary: 'List work that was given up, and try it again',
    load: async () => (await import('./commands/dead-letters.ts')).deadLetters,
  },
  {
    name: 'audit',
    summary: 'Show who did what, and prove that the log was not changed',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'access',
    summary: 'Give tokens: who may look, let write, or change how it is done',
    load: async () => (await import('./commands/access.ts')).access,
  },
  {
    name: 'retention',
    summary: 'Forget what is older than kept, or say what that would be',
    load: async () => (await import('./commands/retention.ts')).retention,
  },
  {
    name: 'secrets',
    summary: 'Seal the kept tokens under a new key',
    load: async () => (await import('./commands/secrets.ts')).secrets,
  },
  {
    name: 'analyse',
    summary: 'Check data and tiers, and say what the best customers share',
    load: async () => (await import('./commands/analyse.ts')).analyse,
  },
  {
    name: 'score-file',
    summary: 'Score the customers in a file of orders, without a CRM',
    load: async () => (await import('./commands/score-file.ts')).scoreFile,
  },
  {
    name: 'backtest',
    summary: 'Show whether scores of a past day foretold what customers did next',
    load: async () => (await import('./commands/backtest.ts')).backtest,
  },
  {
    name: 'fit',
    summary: 'Fit a lifetime value model to a file of orders',
    load: async () => (await import('./commands/fit.ts')).fit,
  },
  {
    name: 'policy',
    summary: 'Check, compare, simulate and publish how customers are scored',
    load: async () => (await import('./commands/policy.ts')).policy,
  },
  {
    name: 'review',
    summary: 'Say how the standard does since it was last looked at',
    load: async () => (await import('./commands/review.ts')).review,
  },
  {
    name: 'sandbox',
    summary: 'Serve a local CRM that behaves like the real one',
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
];
