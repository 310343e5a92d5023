import type { ProvisionStep } from '../../src/connector/provision.ts';

/** A step about a field, by its label. */
export function fieldStep(
  name: string,
  outcome: 'created' | 'extended' | 'changed' | 'unchanged' | 'removed',
  message: string,
): ProvisionStep {
  return { subject: 'field', name, outcome, message };
}

export function fieldProblem(name: string, message: string, todo: string): ProvisionStep {
  return { subject: 'field', name, outcome: 'problem', message, todo };
}
