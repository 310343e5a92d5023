import type { Chance } from './chance.ts';
import type { Heard, RawAnswer } from './raw-answer.ts';
import type { Passing } from './spoiling-proxy.ts';

/** How an answer may come, other than it was meant. */
export type Way = {
  readonly name: string;
  /** How often it is dealt, beside the others. Default 1. */
  readonly weight?: number;
  /** The CRM never gets the call: a refusal of what was done would be believed. */
  readonly isBefore?: boolean;
  readonly spoil: (heard: Heard, tools: Tools) => RawAnswer;
};

export type Tools = {
  readonly chance: Chance;
  readonly passing: Passing;
  /** Where nothing of ours may ever come. */
  readonly elsewhere: string;
  readonly address: string;
};

/** Of nobody; whoever says it again told too much. */
export const canary = 'ann.canary@example.org';

/** In the words of each CRM at once. */
export function saying(message: string): string {
  return JSON.stringify({ status: 'error', code: 'ODD', category: 'ODD', message, details: {} });
}
