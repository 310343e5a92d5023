import { expect } from 'vitest';
import { AssayError } from '../../src/domain/assay-error.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policyText } from '../score/default-policy.ts';

/** The error that a changed policy file is refused with. */
export function refusal(text: string): AssayError {
  try {
    parsePolicy(text, 'policy.yaml');
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('The policy was accepted');
}

/** The shipped file with pieces replaced, each the first of its kind. */
export function changed(...pieces: readonly (readonly [from: string, to: string])[]): string {
  return pieces.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, policyText);
}

/** `line:column message` of each problem. */
export function problems(text: string): readonly string[] {
  return refusal(text)
    .message.split('\n')
    .slice(1)
    .map((line) => line.replace('policy.yaml:', ''));
}

/** Line of the shipped file on which a piece first stands. */
export function lineOf(piece: string): number {
  return policyText.slice(0, policyText.indexOf(piece)).split('\n').length;
}
