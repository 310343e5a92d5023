import { resolve } from 'node:path';
import { shownPath } from '../../config/shown-path.ts';
import { finishReview, reviewConnection } from '../../run/review.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { configOptions, connectionOption } from '../option.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { type ReviewDocument, renderReview, reviewPage } from '../views/review.ts';
import { withOneConnection } from '../with-app.ts';
import { writeWhole } from '../write-whole.ts';

/** `assay review`. */
export const review: CommandBody = {
  takes: '',
  positionals: { least: 0, most: 0 },
  needs: 'viewer',
  options: [
    {
      kind: 'flag',
      name: 'done',
      help: 'It was looked at: the next review compares with this one',
    },
    {
      kind: 'text',
      name: 'why',
      value: 'text',
      help: 'With --done: what was decided, for the log',
    },
    { kind: 'text', name: 'html', value: 'file', help: 'Also write a page to send round' },
    connectionOption,
    ...configOptions,
  ],
  about: `Says how the standard does: sizes and net revenue of tiers and classes now and at the last review,
who moved between tiers, drift (PSI, a rule of thumb), gaps in the data, overrides that lapse before
the next review, plans that were held or rejected, rollbacks, and policies published since; and what
to think about. Makes no call; nothing changes by itself. With \`review: { every: quarterly }\` (or
half-yearly; from: <day>) in the config it is due so often, \`assay doctor\` shows when, and an alert
tells once a week until --done (an operator's), which keeps sums and bins, no customer.
With --json: {"review":{…},"done":…}; review is null before the first scoring.`,
  examples: [
    { line: 'review --html review.html', does: 'to send round' },
    { line: 'review --done --why "gold holds; nothing to change"', does: 'until the next' },
  ],
  run: async (invocation) => {
    const why = whyDone(invocation);
    const needs = why === null ? 'viewer' : 'operator';
    return await reviewed({ ...invocation, needs }, why);
  },
};

async function reviewed(invocation: Invocation, why: string | null): Promise<ExitCode> {
  const { flags, folder, screen, signal } = invocation;
  const html = flags.text('html');
  const out = html === undefined ? null : resolve(folder, html);
  const document = await withOneConnection(invocation, async (ctx): Promise<ReviewDocument> => {
    const found = await reviewConnection(ctx);
    if (found === null) return { review: null, done: null };
    if (out !== null) await writeWhole(out, [reviewPage(found.report)], signal);
    if (why === null) return { review: found.report, done: null };
    const next = await finishReview(ctx, found, why);
    return { review: found.report, done: { next: next.on } };
  });
  const written = out === null || document.review === null ? '' : shownPath(out, folder);
  screen.result(document, () =>
    [renderReview(document), written === '' ? '' : `Written to ${written}`]
      .filter((text) => text !== '')
      .join('\n'),
  );
  return document.review === null && why !== null ? exitCodes.refused : exitCodes.done;
}

/** The reason; `null`: nothing is to be kept. */
function whyDone({ flags }: Invocation): string | null {
  const why = flags.text('why')?.trim() ?? '';
  if (!flags.isSet('done')) {
    if (why === '') return null;
    throw usageInvalid('--why belongs to --done', 'Add --done, or leave --why out.');
  }
  if (why !== '') return why;
  throw usageInvalid(
    'assay review --done needs --why',
    'Write --why "…": what was decided is kept in the log, with your name.',
  );
}
