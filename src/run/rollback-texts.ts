import { type ExceptionKind, exceptionKinds } from '../domain/rollback.ts';
import type { ExceptionCounts } from '../store/rollback-store.ts';

/** What a rollback leaves as it is, counted, in words for the plan. */
export function exceptionTexts(counts: ExceptionCounts): readonly string[] {
  return exceptionKinds.flatMap((kind) => (counts[kind] === 0 ? [] : [textOf(kind, counts[kind])]));
}

const texts: Readonly<Record<ExceptionKind, readonly [one: string, many: string]>> = {
  changed: [
    '1 field was changed by somebody else since and stays as it is',
    '# fields were changed by somebody else since and stay as they are',
  ],
  'written-again': [
    '1 field or membership was written again by a later run and stays; `assay rollback --to <time>` takes back that as well',
    '# fields and memberships were written again by later runs and stay; `assay rollback --to <time>` takes back those as well',
  ],
  gone: [
    '1 customer is gone from the CRM since: nothing to put back',
    '# customers are gone from the CRM since: nothing to put back',
  ],
  'not-kept': [
    '1 value stands in a field that the policy does not write any more and stays as it is',
    '# values stand in fields that the policy does not write any more and stay as they are',
  ],
  'list-deleted': [
    '1 membership was of a list that is deleted in the CRM',
    '# memberships were of lists that are deleted in the CRM',
  ],
};

function textOf(kind: ExceptionKind, count: number): string {
  const [one, many] = texts[kind];
  return count === 1 ? one : many.replace('#', String(count));
}
