import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/parse-policy.ts';

/** The policy as shipped. */
export const policyText = readFileSync(
  new URL('../../config/policy.yaml', import.meta.url),
  'utf8',
);
export const policy = parsePolicy(policyText, 'config/policy.yaml');
