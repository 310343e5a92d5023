import type { FactTexts } from './shape.ts';

/** Why a customer is in a class, by the rule's code. */
export const classTextsZh: FactTexts = {};
