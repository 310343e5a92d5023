import type { App } from '../../app.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { renderChanges } from '../views/changes.ts';
import { renderPlanDocument } from '../views/plan-document.ts';
import { planPage } from '../views/plan-page.ts';
import { writeWhole } from '../write-whole.ts';
import { jsonPieces } from './json-pieces.ts';
import { type PlanDocument, planDocument } from './plan-document.ts';
import { changePages, membershipPages } from './plan-pages.ts';

export type Shown = Pick<Invocation, 'screen' | 'signal'> & {
  /** A file to write the page into; `null`: none. */
  readonly html: string | null;
  /** How many changes; `undefined`: as many as a reader, a page or a program takes. */
  readonly changes: number | undefined;
};

/** Shows a stored plan whole; however large it is, a page of its changes is held at a time. */
export async function showPlan(app: App, plan: Plan, shown: Shown): Promise<ExitCode> {
  const document = await planDocument(app, plan);
  const { policy } = await app.standard.inForce();
  const tiers = policy.tiers.classes.map(({ key }) => key);
  if (shown.html !== null) await writePage(app, document, tiers, { ...shown, file: shown.html });
  const { screen } = shown;
  if (screen.isJson) await screen.stream(asJson(app, document, shown));
  else {
    screen.print(renderPlanDocument(document, tiers));
    const pages = changePages(app.store, plan, shown.changes ?? 20);
    await screen.stream(renderChanges(pages, plan.summary.changes));
  }
  return exitCodes.done;
}

/** A page of a hundred thousand rows is of no use to anybody. */
const onPage = 1_000;

async function writePage(
  { store }: App,
  document: PlanDocument,
  tiers: readonly string[],
  { file, changes = onPage, signal, screen }: Shown & { readonly file: string },
): Promise<void> {
  const shown = Math.min(changes, document.summary.changes);
  const pages = changePages(store, document, shown);
  await writeWhole(file, planPage(document, tiers, { pages, shown }), signal);
  screen.say(`The page is in ${file}`);
}

function asJson({ store }: App, document: PlanDocument, { changes, html }: Shown) {
  // With a page the changes stand there; a program that wants them says how many.
  const limit = changes ?? (html === null ? Number.POSITIVE_INFINITY : 0);
  return jsonPieces(document, {
    changes: changePages(store, document, limit),
    memberships: membershipPages(store, document.id),
  });
}
