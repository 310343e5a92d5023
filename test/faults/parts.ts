import { badInputs } from './bad-inputs/bad-inputs-part.ts';
import { faults } from './faults/faults-part.ts';
import { schedules } from './faults/schedules-part.ts';
import { histories } from './histories/histories-part.ts';
import { kill } from './kill/kill-part.ts';
import type { Part } from './kit/part.ts';

/** Every part there is, in the order in which they run. */
export const parts: readonly Part[] = [kill, faults, schedules, badInputs, histories];
