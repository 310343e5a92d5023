import type { FieldKey } from '../domain/field.ts';
import type { FieldText } from './field-text.ts';
import { fieldTextsEn } from './field-texts-en.ts';
import { fieldTextsZh } from './field-texts-zh.ts';
import type { Language } from './language.ts';

/** Labels and help texts as they are first written to a CRM; people may rename them there. */
export const fieldTexts: Readonly<Record<Language, Readonly<Record<FieldKey, FieldText>>>> = {
  en: fieldTextsEn,
  zh: fieldTextsZh,
};
