import type { FieldChange } from '../domain/change.ts';
import type { FieldKey, FieldValues } from '../domain/field.ts';
import type {
  ExceptionKind,
  RollbackException,
  WrittenCustomer,
  WrittenField,
  WrittenMembership,
} from '../domain/rollback.ts';

/** What becomes of a customer's fields that we wrote. */
export type TakenBack = {
  readonly fields: readonly FieldChange[];
  readonly exceptions: readonly RollbackException[];
};

/** Fields that the policy writes: of others the CRM is not asked. */
export type KeptFields = ReadonlySet<FieldKey>;

/** Whether the CRM has to be asked what it holds before anything of this customer is taken back. */
export function needsReading({ fields }: WrittenCustomer, kept: KeptFields): boolean {
  return fields.some((field) => isOpen(field) && kept.has(field.key) && field.againBy === null);
}

/** What we changed to and fro is as it was. */
function isOpen({ before, wrote }: WrittenField): boolean {
  return before !== wrote;
}

/**
 * Puts back what was there before, wherever the CRM still holds what we wrote. Whoever changed it
 * since, a person or a later run, keeps his value.
 * @param held what the CRM holds now; `null`: the record is gone, or nobody had to ask.
 */
export function takeBackFields(
  customer: WrittenCustomer,
  held: FieldValues | null,
  kept: KeptFields,
): TakenBack {
  const open = customer.fields.filter(isOpen);
  if (held === null && needsReading(customer, kept))
    return { fields: [], exceptions: [gone(customer)] };
  const fields: FieldChange[] = [];
  const exceptions: RollbackException[] = [];
  for (const field of open) {
    const { key, before, wrote } = field;
    const now = held?.[key] ?? null;
    const kind = whyNot(field, now, kept);
    if (kind !== null) exceptions.push(exceptionOf(customer, field, kind, now));
    else if (now !== before) fields.push({ key, from: wrote, to: before });
  }
  return { fields, exceptions };
}

function whyNot(
  { key, before, wrote, againBy }: WrittenField,
  now: string | null,
  kept: KeptFields,
): ExceptionKind | null {
  if (!kept.has(key)) return 'not-kept';
  if (againBy !== null) return 'written-again';
  return now === wrote || now === before ? null : 'changed';
}

function exceptionOf(
  { customerId }: WrittenCustomer,
  { key, wrote, againBy }: WrittenField,
  kind: ExceptionKind,
  now: string | null,
): RollbackException {
  const seen = kind === 'changed' ? now : null;
  return { customerId, kind, of: 'field', key, wrote, now: seen, byRun: againBy };
}

function gone({ customerId }: Pick<WrittenCustomer, 'customerId'>): RollbackException {
  const nothing = { key: '', wrote: null, now: null, byRun: null };
  return { customerId, kind: 'gone', of: 'customer', ...nothing };
}

/** Keys of our lists as they stand in the CRM. */
export type ListsThere = {
  readonly kept: ReadonlySet<string>;
  /** The CRM keeps their members by our fields. */
  readonly dynamic: ReadonlySet<string>;
};

/** The step that undoes ours; `null`: there is none to make. */
export type TakenBackStep = {
  readonly action: 'add' | 'remove' | null;
  readonly exception: RollbackException | null;
};

const nothing: TakenBackStep = { action: null, exception: null };

/**
 * A membership is there or it is not: whoever changed it since has made it what it was before, and then
 * there is nothing left to do.
 */
export function takeBackMembership(step: WrittenMembership, lists: ListsThere): TakenBackStep {
  const { listKey, customerId, wrote, wasMember, isMember, isGone, againBy: byRun } = step;
  if (lists.dynamic.has(listKey) || wasMember === (wrote === 'add')) return nothing;
  if (isGone) return { action: null, exception: gone({ customerId }) };
  const excepted = (kind: ExceptionKind): TakenBackStep => ({
    action: null,
    exception: { customerId, kind, of: 'list', key: listKey, wrote, now: null, byRun },
  });
  if (!lists.kept.has(listKey)) return excepted('list-deleted');
  if (byRun !== null) return excepted('written-again');
  if (isMember === wasMember) return nothing;
  return { action: wasMember ? 'add' : 'remove', exception: null };
}
