import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { isOverrideFamily, type OverrideFamily, overrideFamilies } from '../../domain/override.ts';
import { askTouched } from '../../jobs/ask-touched.ts';
import { systemClock } from '../../lib/clock.ts';
import type { RunContext } from '../../run/context.ts';
import { importOverrides } from '../../run/import-overrides.ts';
import { listOverrides } from '../../run/list-overrides.ts';
import { clearOverride, setOverride } from '../../run/overrides.ts';
import type { OverridesSet } from '../../store/override-store.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { readOverridesFile } from '../override/read-overrides-file.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { renderCleared, renderImported, renderOverrides, renderSet } from '../views/override.ts';
import { withOneConnection } from '../with-app.ts';

/** `assay override`. */
export const override: CommandBody = {
  takes: 'set <customer> <family>=<class> | clear <customer> <family> | list | import <file.csv>',
  positionals: { least: 1, most: 3 },
  needs: ([verb]) => (verb === 'list' ? 'viewer' : 'operator'),
  options: [
    { kind: 'text', name: 'why', value: 'text', help: 'The reason; set and clear need it' },
    {
      kind: 'text',
      name: 'until',
      value: 'day',
      help: 'The last day on which it holds; default no end',
    },
    { kind: 'text', name: 'by', value: 'name', help: 'Who says so; default whoever acts' },
    { kind: 'text', name: 'family', value: 'family', help: 'With list: of this family alone' },
    { kind: 'flag', name: 'lapsed', help: 'With list: those whose last day is over' },
    { kind: 'flag', name: 'check', help: 'With import: say what is wrong, change nothing' },
    connectionOption,
    ...configOptions,
  ],
  about: `A person's word on one customer: it wins over what the rules give, in one class family or as value_tier,
until its last day, whatever the policy becomes. It stands in the customer's reasons, is kept with all that came
before it, and moves nobody else. A customer is named by the CRM's record id, your own customer number or e-mail;
where several are called so they are listed and nothing is done. Families: value_tier and those of the policy's
\`families\`; a class by its key or label. A CSV file has the columns customer, family, class, until, why, by: all of
it is carried out or, with every wrong line listed, none; the same file once more changes nothing.
With --json: set {"customer","family","class","until","why","by","changed","replaced"}; clear {"customer","family"}; list
{"asOf","overrides","unknown"}; import {"rows","problems","lapsed","set","unchanged","replaced"}.`,
  examples: [
    {
      line: "override set K-1001 value_tier=gold --until 2027-12-31 --why 'Founding customer' --by 'A. Meier'",
      does: 'holds a customer in a tier',
    },
    {
      line: "override set mary@example.com importance=black --why 'Two unpaid invoices'",
      does: 'the only way onto the black list',
    },
    {
      line: "override clear K-1001 value_tier --why 'Contract ended'",
      does: 'back to what the rules give',
    },
    { line: 'override list --lapsed --json', does: 'what is over' },
    { line: 'override import vip.csv --check', does: 'tells every wrong line of a file' },
  ],
  run: async (invocation) => {
    const [verb = '', ...words] = invocation.flags.positionals;
    switch (verb) {
      case 'set':
        return await set(invocation, words);
      case 'clear':
        return await clear(invocation, words);
      case 'list':
        return await list(invocation, words);
      case 'import':
        return await importFile(invocation, words);
      default:
        throw usageInvalid(
          `assay override has no "${verb}"`,
          'Write `assay override set`, `clear`, `list` or `import`.',
        );
    }
  },
};

async function set(invocation: Invocation, words: readonly string[]): Promise<ExitCode> {
  const [called, move = ''] = words;
  const [family, key] = splitOnce(move);
  if (called === undefined || key === undefined || words.length > 2)
    throw usageInvalid(
      'assay override set needs a customer and a <family>=<class>',
      "For example: assay override set K-1001 value_tier=gold --why 'Founding customer'",
    );
  const why = reason(invocation);
  const { flags, screen } = invocation;
  return await withOneConnection(invocation, async (ctx, app) => {
    const until = flags.text('until') ?? null;
    const by = flags.text('by') ?? ctx.actor.name;
    const report = await setOverride(ctx, called, { family, class: key, until, why, by });
    await ask(app, ctx, report.effect);
    const { effect, ...said } = report;
    const replaced = effect.replaced.map(({ class: key, until, why, by }) => {
      return { class: key, until, why, by };
    });
    screen.result({ ...said, changed: effect.set > 0, replaced }, () => renderSet(report));
    return exitCodes.done;
  });
}

async function clear(invocation: Invocation, words: readonly string[]): Promise<ExitCode> {
  const [called, family = ''] = words;
  if (called === undefined || family === '' || words.length > 2)
    throw usageInvalid(
      'assay override clear needs a customer and a family',
      "For example: assay override clear K-1001 value_tier --why 'Contract ended'",
    );
  const what = { family: familyOf(family), why: reason(invocation) };
  return await withOneConnection(invocation, async (ctx, app) => {
    const { effect, ...said } = await clearOverride(ctx, called, what);
    await ask(app, ctx, effect);
    invocation.screen.result(said, () => renderCleared(said));
    return exitCodes.done;
  });
}

async function list(invocation: Invocation, words: readonly string[]): Promise<ExitCode> {
  if (words.length > 0)
    throw usageInvalid('assay override list takes no words', 'Narrow it by --family <family>.');
  const { flags, screen } = invocation;
  const given = flags.text('family');
  const family = given === undefined ? undefined : familyOf(given);
  const lapsed = flags.isSet('lapsed');
  return await withOneConnection(invocation, async (ctx) => {
    const listing = await listOverrides(ctx, { family, lapsed });
    screen.result(listing, () => renderOverrides(listing, lapsed));
    return exitCodes.done;
  });
}

async function importFile(invocation: Invocation, words: readonly string[]): Promise<ExitCode> {
  const [file] = words;
  if (file === undefined || words.length > 1)
    throw usageInvalid(
      'assay override import needs a file',
      'Write `assay override import <file.csv>`.',
    );
  const { flags, screen, folder, signal } = invocation;
  return await withOneConnection(invocation, async (ctx, app) => {
    const by = flags.text('by') ?? ctx.actor.name;
    const rows = await readOverridesFile(resolve(folder, file), by, signal);
    const report = await importOverrides(ctx, rows, { checkOnly: flags.isSet('check') });
    if (report.effect !== null) await ask(app, ctx, report.effect);
    const { effect, ...found } = report;
    const { set: made = 0, unchanged = 0, replaced = [] } = effect ?? {};
    const done = { set: made, unchanged, replaced: replaced.length };
    screen.result({ ...found, ...done }, () => renderImported(report));
    return report.problems.length > 0 ? exitCodes.configuration : exitCodes.done;
  });
}

/** On a folder nobody may be there to be told; then the next run sees it. */
async function ask(
  { config, queue, store }: App,
  { log }: RunContext,
  { touched }: OverridesSet,
): Promise<void> {
  if (touched.length === 0) return;
  const { queueChoice } = await import('../../intake.ts');
  const connections = config.connections.map(({ id }) => id);
  const send = {
    send: async (...of: Sent) => {
      if (queueChoice(config).kind !== 'memory') await (await queue()).send(...of);
      else await store.tell({ connection: of[0].connection, reason: 'webhook' });
    },
  };
  await askTouched({ store, queue: send, connections, clock: systemClock, log }, touched);
}

type Sent = Parameters<Awaited<ReturnType<App['queue']>>['send']>;

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function familyOf(text: string): OverrideFamily {
  if (isOverrideFamily(text)) return text;
  throw usageInvalid(`There is no family "${text}"`, `There are ${overrideFamilies.join(', ')}.`);
}

function reason({ flags }: Invocation): string {
  const why = flags.text('why')?.trim() ?? '';
  if (why !== '') return why;
  throw usageInvalid(
    'A word on a customer needs a reason',
    "Add --why '<text>'; it stands in the customer's explanation and in the log.",
  );
}
