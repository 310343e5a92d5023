import type { Analysis } from '../../run/analyse.ts';
import { renderBaseQuality } from './base-quality.ts';
import { amount, count, counted, share } from './figures.ts';
import { indent, table } from './table.ts';
import { renderTierCheck } from './tier-check.ts';

/** Traits shown at most, and how much likelier one must be to be worth a line. */
const TRAITS = { most: 10, from: 1.05 };

/** `assay analyse`, for a person. */
export function renderAnalysis(analysis: Analysis | null): string {
  if (analysis === null) return 'Nobody is scored yet: run `assay score`.';
  const { quality, currency, tierCheck } = analysis;
  const sections: readonly (readonly [string, string])[] = [
    ['Data', renderBaseQuality(quality, currency)],
    ['Key accounts', keyAccounts(analysis)],
    ['Tiers against clusters', renderTierCheck(tierCheck, currency)],
    ['What the best tier has in common', profile(analysis)],
    ['Bought together', together(analysis)],
  ];
  const body = sections.map(([title, text]) => `${title}\n${indent(text)}`).join('\n\n');
  return `As of ${analysis.asOf}\n\n${body}`;
}

function keyAccounts({ keyAccounts: found, currency }: Analysis): string {
  if (found === null) return 'Nobody bought for more than nothing in the window.';
  const { customers, shareOfCustomers, shareOfNet, fromMinor, wanted } = found;
  return `${counted(customers, 'customer')} (${share(shareOfCustomers)} of those who bought) hold ${share(shareOfNet)} of the
net amount, from ${amount(fromMinor, currency)} each; the policy asks for ${share(wanted)}.`;
}

function profile({ profile: found }: Analysis): string {
  if (found === null) return 'Nobody is in it.';
  const { tier, best, customers } = found;
  const traits = found.traits.filter(({ lift }) => lift >= TRAITS.from).slice(0, TRAITS.most);
  const rows = traits.map(({ attribute, value, ...of }) => [
    attribute,
    value,
    `${count(of.best)} of ${count(of.customers)}`,
    `${of.lift.toFixed(2)} times as likely`,
  ]);
  const many = found.tooManyValues.map((name) => `${name} has too many values to compare.`);
  const said =
    rows.length === 0
      ? 'Nothing that is known of them.'
      : table(rows, ['left', 'left', 'right', 'right']);
  return [`${tier}: ${count(best)} of ${counted(customers, 'customer')}`, said, ...many].join('\n');
}

function together({ together: found }: Analysis): string {
  if (found === null) return 'No deal says what was bought: map a product field to see this.';
  const { orders, products, pairs } = found;
  const heading = `${counted(orders, 'order')} with ${counted(products, 'product')}`;
  if (pairs.length === 0) return `${heading}: no two go together more than chance would have it.`;
  const rows = pairs.map((pair) => [
    pair.products.join(' + '),
    counted(pair.orders, 'order'),
    share(pair.support),
    `${share(pair.confidence[0])} / ${share(pair.confidence[1])}`,
    pair.lift.toFixed(2),
  ]);
  const head = ['', 'orders with both', 'of all', 'of the first / second', 'lift'];
  return `${heading}\n${table([head, ...rows], ['left', 'right', 'right', 'right', 'right'])}`;
}
