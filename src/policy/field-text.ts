import type { Policy } from './schema.ts';

/** What a field is called, and its help text under a policy. */
export type FieldText = {
  readonly label: string;
  readonly description: (policy: Policy) => string;
};

/** A text that is the same under every policy. */
export function plain(label: string, description: string): FieldText {
  return { label, description: () => description };
}
