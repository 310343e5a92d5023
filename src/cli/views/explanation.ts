import type { Customer } from '../../domain/customer.ts';
import { type FieldValues, fieldKeys } from '../../domain/field.ts';
import type { Language } from '../../policy/language.ts';
import type { Explained } from '../../run/explain.ts';
import { indent, table } from './table.ts';

/** Why a customer has its score, and what the CRM holds of it. */
export function renderExplained({ customer, held, explanation, language }: Explained): string {
  const words = texts[language];
  const lines = explanation?.lines.join('\n') ?? words.notScored;
  return `${customerLine(customer, words)}\n${indent(lines)}\n${indent(heldLines(held, words))}`;
}

type Words = Readonly<Record<'customer' | 'notScored' | 'inTheCrm' | 'nothingYet', string>>;

const texts: Readonly<Record<Language, Words>> = {
  en: {
    customer: 'Customer',
    notScored: 'Not scored yet: run `assay score`.',
    inTheCrm: 'In the CRM',
    nothingYet: 'The CRM holds nothing of it yet',
  },
  zh: {
    customer: '客户',
    notScored: '尚未评分：请运行 `assay score`。',
    inTheCrm: 'CRM 中的现值',
    nothingYet: 'CRM 中尚无这些字段的值',
  },
};

function customerLine({ id, externalId, name, email, country }: Customer, words: Words): string {
  const known = [externalId, name, email, country].filter((text) => text !== null && text !== id);
  return [`${words.customer} ${id}`, ...known].join(', ');
}

function heldLines(held: FieldValues, words: Words): string {
  const rows = fieldKeys
    .filter((key) => key !== 'reason' && (held[key] ?? null) !== null)
    .map((key) => [key, held[key] ?? '']);
  if (rows.length === 0) return words.nothingYet;
  return `${words.inTheCrm}\n${indent(table(rows, ['left', 'left']))}`;
}
