import type { FieldValue } from '../domain/field.ts';
import type { RecordQuality } from '../domain/history.ts';
import type { Prospect, Standards } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { wayUpText } from '../score/phrases.ts';
import { prospectTraits } from '../score/prospect-traits.ts';
import { reasonTexts } from '../score/reason-texts.ts';
import { standardNames } from '../score/standard-names.ts';

/** Names of the standards that are met; empty without one. */
export function standardsText(standards: Standards | null, language: Language): FieldValue {
  return standards === null ? null : filled(standardNames(standards, true, reasonTexts[language]));
}

/** The attributes that make a prospect look like the best customers. */
export function prospectText(prospect: Prospect | null, language: Language): FieldValue {
  return prospect === null ? null : filled(prospectTraits(prospect, reasonTexts[language]));
}

/** What is missing, wrong or possibly duplicate in the record. */
export function dataProblemsText({ problems }: RecordQuality, language: Language): FieldValue {
  const { recordProblems, marks } = reasonTexts[language];
  return filled(problems.map((problem) => recordProblems[problem]).join(marks.list));
}

/** The order that would lift the customer a tier. */
export function nextStepText(score: Score, policy: Policy, language: Language): FieldValue {
  return wayUpText(score, policy, reasonTexts[language]);
}

function filled(text: string): FieldValue {
  return text === '' ? null : text;
}
