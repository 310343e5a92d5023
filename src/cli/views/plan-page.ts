import type { FieldChange } from '../../domain/change.ts';
import type { PlanDocument } from '../plans/plan-document.ts';
import type { ShownChange } from './changes.ts';
import { amountAndWas, count, counted, share } from './figures.ts';
import { escaped, htmlTable } from './html.ts';
import { pageFoot, pageHead } from './page-frame.ts';
import { byStake, tierMatrix } from './tier-moves.ts';

/** The rows of a plan's page, and how many of all they are. */
export type PlanPageChanges = {
  readonly pages: AsyncIterable<readonly ShownChange[]>;
  readonly shown: number;
};

/** A plan as one page that needs nothing but itself, piece by piece: no script, nothing from elsewhere. */
export async function* planPage(
  plan: PlanDocument,
  tiers: readonly string[],
  { pages, shown }: PlanPageChanges,
): AsyncGenerator<string> {
  yield head(plan);
  yield [
    moves(plan, tiers),
    largest(plan),
    holds(plan),
    fields(plan),
    lists(plan),
    cost(plan),
  ].join('\n');
  yield `<section>\n<h2>Changes</h2>\n<div class="wide"><table><caption>${escaped(captionOf(plan, shown))}</caption><thead><tr><th scope="col">Customer</th><th scope="col">Own number</th><th scope="col">Field</th><th scope="col">Is</th><th scope="col">Becomes</th></tr></thead><tbody>\n`;
  for await (const page of pages) yield page.map(changeRows).join('');
  yield `</tbody></table></div>\n</section>\n${pageFoot}`;
}

function head(plan: PlanDocument): string {
  const title = `Plan ${plan.id} of ${plan.connection}`;
  const { changes, customers } = plan.summary;
  const said = `${count(changes)} of ${counted(customers, 'customer')} compared change. As of ${plan.asOf}, made ${plan.createdAt} by policy ${plan.policyVersion}; ${plan.status}.`;
  return `${pageHead(title)}<p>${escaped(said)}</p>
`;
}

function section(title: string, ...body: readonly string[]): string {
  const text = body.filter((part) => part !== '').join('\n');
  return text === '' ? '' : `<section>\n<h2>${escaped(title)}</h2>\n${text}\n</section>`;
}

function moves({ summary, currency }: PlanDocument, tiers: readonly string[]): string {
  if (summary.tierMoves.length === 0) return '';
  const moving = summary.tierMoves.filter(({ from, to }) => from !== to).toSorted(byStake);
  const rows = moving.map((move) => [
    ...[move.from, move.to, count(move.customers)],
    amountAndWas(move, currency),
  ]);
  return section(
    'Tiers',
    htmlTable('Customers from (down) to (across)', tierMatrix(summary.tierMoves, tiers)),
    rows.length === 0
      ? '<p>Nobody changes tier.</p>'
      : htmlTable(
          'Revenue that moves, net amounts of the window',
          { head: ['From', 'To', 'Customers', 'Net amount'], rows },
          2,
        ),
  );
}

function largest({ moves: top, currency }: PlanDocument): string {
  if (top.length === 0) return '';
  const rows = top.map(({ customerId, from, to, reason, ...amounts }) => [
    ...[customerId, from ?? 'none', to ?? 'none', reason],
    amountAndWas(amounts, currency),
  ]);
  const columns = ['Customer', 'From', 'To', 'Why', 'Net amount'];
  return section(
    'The largest moves',
    htmlTable('Customers whose change of tier matters most', { head: columns, rows }, 4),
  );
}

function holds({ holds: all, decision, summary }: PlanDocument): string {
  const items = all.map(({ by, because }) => `<li><b>${escaped(by)}</b>: ${escaped(because)}</li>`);
  const warnings = summary.warnings.map((text) => `<li>${escaped(text)}</li>`);
  const word =
    decision === null
      ? ''
      : `<p>${escaped(`${decision.decided} by ${decision.by}, ${decision.at}: ${decision.why}`)}</p>`;
  return [
    section('Why it waits', listOf(items), word),
    section('To bear in mind', listOf(warnings)),
  ].join('\n');
}

function listOf(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>\n${items.join('\n')}\n</ul>`;
}

function fields({ summary: { changesByField } }: PlanDocument): string {
  const rows = Object.entries(changesByField)
    .toSorted(([, left], [, right]) => right - left)
    .map(([key, customers]) => [key, count(customers)]);
  if (rows.length === 0) return '';
  return section('Fields', htmlTable('Customers by field', { head: ['Field', 'Change'], rows }));
}

function lists({ summary }: PlanDocument): string {
  if (summary.lists.length === 0) return '';
  const rows = summary.lists.map(({ name, members, add, remove }) => [
    ...[name, count(members), `+${count(add)}`, `−${count(remove)}`],
  ]);
  const columns = ['List', 'Now', 'Added', 'Removed'];
  return section('Lists', htmlTable('Members', { head: columns, rows }));
}

function cost({ summary: { cost: it } }: PlanDocument): string {
  const quota =
    it.quotaShare === null
      ? ''
      : `, ${share(it.quotaShare)} of the account’s ${it.unit} of the day`;
  const days = it.days === null ? '' : `; at our share of it about ${counted(it.days, 'day')}`;
  const route = it.route === null ? '' : ` ${it.route}`;
  return section(
    'What writing it costs',
    `<p>${escaped(`${counted(it.calls, 'call')}${quota}${days}.${route}`)}</p>`,
  );
}

function captionOf({ summary, decision }: PlanDocument, shown: number): string {
  if (decision?.sameAs != null) return `They are those of plan ${decision.sameAs}`;
  const more = summary.changes - shown;
  const rest = more > 0 ? `; ${count(more)} more are not shown, --changes <n> shows more` : '';
  return `Field by field, in the order of writing${rest}`;
}

function changeRows({ customerId, externalId, fields: changed }: ShownChange): string {
  const rows = changed.map(
    (field, at) =>
      `<tr><th scope="row">${at === 0 ? escaped(customerId) : ''}</th>${words(at === 0 ? (externalId ?? '') : '')}${step(field)}</tr>\n`,
  );
  return rows.join('');
}

function step({ key, from, to }: FieldChange): string {
  return `${words(key)}${words(from ?? '')}${words(to ?? '')}`;
}

function words(text: string): string {
  return `<td class="words">${escaped(text)}</td>`;
}
