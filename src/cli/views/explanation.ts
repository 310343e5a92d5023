import type { Customer } from '../../domain/customer.ts';
import { type FieldValues, fieldKeys } from '../../domain/field.ts';
import type { Language } from '../../policy/language.ts';
import type { Explained, ExplainedDeal, ExplainedRecord } from '../../run/explain.ts';
import { amount } from './figures.ts';
import { indent, table } from './table.ts';

/** Why a customer has its score, and what the CRM holds of it. */
export function renderExplained(explained: Explained): string {
  const { customer, held, explanation, language, records } = explained;
  const words = texts[language];
  const lines = explanation?.lines.join('\n') ?? words.notScored;
  const known = records.length === 0 ? [] : [indent(recordLines(records, words))];
  return [
    customerLine(customer, words),
    ...known,
    indent(lines),
    indent(heldLines(held, words)),
  ].join('\n');
}

type Words = Readonly<
  Record<'customer' | 'notScored' | 'inTheCrm' | 'nothingYet' | 'records' | 'elsewhere', string>
>;

const texts: Readonly<Record<Language, Words>> = {
  en: {
    customer: 'Customer',
    notScored: 'Not scored yet: run `assay score`.',
    inTheCrm: 'In the CRM',
    nothingYet: 'The CRM holds nothing of it yet',
    records: 'Records',
    elsewhere: 'counted with the record above',
  },
  zh: {
    customer: '客户',
    notScored: '尚未评分：请运行 `assay score`。',
    inTheCrm: 'CRM 中的现值',
    nothingYet: 'CRM 中尚无这些字段的值',
    records: '各 CRM 中的记录',
    elsewhere: '已随上方记录计入',
  },
};

function customerLine({ id, externalId, name, email, country }: Customer, words: Words): string {
  const known = [externalId, name, email, country].filter((text) => text !== null && text !== id);
  return [`${words.customer} ${id}`, ...known].join(', ');
}

/** Which CRM knows the customer by what id, with the won deals of each. */
function recordLines(records: readonly ExplainedRecord[], words: Words): string {
  const lines = records.map(({ connection, id, name, email, deals }) => {
    const head = [`${connection} ${id}`, name, email].filter((text) => text !== null).join(', ');
    const rows = deals.map((deal) => dealRow(deal, words));
    return rows.length === 0
      ? head
      : `${head}\n${indent(table(rows, ['left', 'left', 'right', 'left']))}`;
  });
  return `${words.records}\n${indent(lines.join('\n'))}`;
}

function dealRow({ id, reference, closedOn, minor, currency, use }: ExplainedDeal, words: Words) {
  return [
    reference ?? id,
    closedOn ?? '–',
    minor === null ? '–' : amount(minor, currency),
    use === 'counted' ? '' : words.elsewhere,
  ];
}

function heldLines(held: FieldValues, words: Words): string {
  const rows = fieldKeys
    .filter((key) => key !== 'reason' && (held[key] ?? null) !== null)
    .map((key) => [key, held[key] ?? '']);
  if (rows.length === 0) return words.nothingYet;
  return `${words.inTheCrm}\n${indent(table(rows, ['left', 'left']))}`;
}
