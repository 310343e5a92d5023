import { dayNumber } from '../../domain/day.ts';
import type { RecordProblem, RecordQuality } from '../../domain/history.ts';
import type { Policy } from '../../policy/schema.ts';
import type { HistoryInput } from '../history-input.ts';
import { isEmail, isPhone } from './contact-checks.ts';

type Required = Policy['quality']['required'][number];

/** In the order in which they are told. */
const missing = {
  email: 'email-missing',
  phone: 'phone-missing',
  name: 'name-missing',
  country: 'country-missing',
  externalId: 'external-id-missing',
  birthday: 'birthday-missing',
} as const satisfies Readonly<Record<Required, RecordProblem>>;

/**
 * How far one record can be relied on [H1]: which of the policy's required fields are empty, and
 * what cannot be right in any field that is filled. What is wrong is still filled: completeness
 * counts it. Candidates for a duplicate are told, never merged.
 */
export function recordQualityOf(input: HistoryInput): RecordQuality {
  const { required } = input.policy.quality;
  const empty = required.filter((field) => isBlank(input.customer[field]));
  return {
    completeness: Math.floor(((required.length - empty.length) / required.length) * 100),
    problems: [...empty.map((field): RecordProblem => missing[field]), ...wrong(input)],
  };
}

function wrong({
  customer,
  isDuplicateCandidate,
  decided,
}: HistoryInput): readonly RecordProblem[] {
  const { email, phone, birthday, createdAt } = customer;
  const found: RecordProblem[] = [];
  if (email !== null && !isBlank(email) && !isEmail(email)) found.push('email-invalid');
  if (phone !== null && !isBlank(phone) && !isPhone(phone)) found.push('phone-invalid');
  if (birthday !== null && !isBlank(birthday) && !isBirthday(birthday, createdAt))
    found.push('birthday-impossible');
  if (isDuplicateCandidate) found.push('duplicate-candidate');
  if (decided?.isUnclear === true) found.push('override-unknown');
  return found;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

/** Nobody alive was born before; some CRMs put 1604 or 1900 where only day and month are known. */
const EARLIEST = '1901-01-01';

/** The record's own day stands for today, which a history does not know: nobody is born after it. */
function isBirthday(day: string, createdAt: string | null): boolean {
  if (dayNumber(day) === null || day < EARLIEST) return false;
  return createdAt === null || day <= createdAt.slice(0, 10);
}
