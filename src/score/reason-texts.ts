import type { Language } from '../policy/language.ts';
import { textsEn } from './texts/en.ts';
import type { ReasonTexts } from './texts/shape.ts';
import { textsZh } from './texts/zh.ts';

/** The phrases that reasons are built of, by language. */
export const reasonTexts: Readonly<Record<Language, ReasonTexts>> = { en: textsEn, zh: textsZh };
