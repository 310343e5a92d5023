import type { Change, Receipt } from '../../src/domain/change.ts';
import type { OwnFields } from './fields.ts';
import { readInstant } from './instant.ts';
import type { BatchError, WireRecord } from './wire.ts';

/** A batch's answer, or records read afterwards. */
type AnswerFacts = {
  readonly results: readonly WireRecord[];
  readonly errors?: readonly BatchError[] | undefined;
};

/** What became of a change, as far as an answer shows. */
export type Verdict =
  | { readonly kind: 'settled'; readonly receipt: Receipt }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly message: string }
  /** Neither shown as written nor refused. */
  | { readonly kind: 'doubtful' };

/** The properties a change sets, with the run's marker; clearing is sending an empty text. */
export function sentProperties(
  own: OwnFields,
  { fields }: Change,
  marker: string,
): Readonly<Record<string, string>> {
  const values = fields.map(({ key, to }) => [own.nameOf(key), to ?? ''] as const);
  return { ...Object.fromEntries(values), [own.marker]: marker.toLowerCase() };
}

/** What the answer proves of one change: a good status proves nothing (BEHAVIOR 21). */
export function confirm(
  own: OwnFields,
  change: Change,
  { results, errors = [] }: AnswerFacts,
): Verdict {
  const record = results.find(({ id }) => id === change.customerId);
  if (record !== undefined) return shown(own, change, record);
  const error = errors.find((each) => idsOf(each).includes(change.customerId));
  if (error === undefined) return { kind: 'doubtful' };
  if (error.category === 'OBJECT_NOT_FOUND') return { kind: 'gone' };
  return { kind: 'refused', message: error.message };
}

function shown(own: OwnFields, { seq, fields }: Change, record: WireRecord): Verdict {
  const isWritten = fields.every(({ key, to }) => {
    const value = record.properties[own.nameOf(key)];
    return value !== undefined && own.canonical(key, value) === own.canonical(key, to);
  });
  if (!isWritten) return { kind: 'doubtful' };
  const modifiedAt = readInstant(record.updatedAt);
  return { kind: 'settled', receipt: { seq, outcome: 'applied', modifiedAt } };
}

function idsOf({ context }: BatchError): readonly string[] {
  return ['ids', 'id', 'objectId', 'objectWriteTraceId'].flatMap((name) => context[name] ?? []);
}
