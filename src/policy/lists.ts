import type { ListSpec } from '../domain/list.ts';
import type { Policy } from './schema.ts';

/** The lists that the policy asks for. */
export function listSpecs({ lists }: Policy): readonly ListSpec[] {
  return lists;
}
