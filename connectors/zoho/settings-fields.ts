import { z } from 'zod';
import { mappedAttributes } from '../../src/connector/mapped-attributes.ts';
import type { Subject } from '../../src/domain/subject.ts';

const apiName = z
  .string()
  .regex(/^[A-Za-z]\w{0,99}$/, 'must be the API name of a Zoho field, for example Mailing_Country');
/** `null` switches an input off. */
const mapped = (name: string | null) => apiName.nullable().default(name);
/** The default depends on the subject. */
const bySubject = apiName.nullable().optional();

/** The `fields` block of the settings: which Zoho field each input is read from. */
export const fields = z.strictObject({
  externalId: mapped(null),
  email: bySubject,
  phone: mapped('Phone'),
  /** Several are joined by a space. */
  name: z
    .union([apiName.transform((one) => [one]), z.array(apiName).min(1).max(4)])
    .nullable()
    .optional(),
  country: bySubject,
  birthday: bySubject,
  referredBy: mapped(null),
  eventsInvited: mapped(null),
  eventsAttended: mapped(null),
  feedback: mapped(null),
  /** A field that says yes: the customer is left out of scoring. */
  optOut: mapped(null),
  /** Further fields by the name that the policy knows them under. */
  attributes: mappedAttributes(apiName).default({}),
  deal: z
    .strictObject({
      reference: mapped(null),
      dueOn: mapped(null),
      paidOn: mapped(null),
      discount: mapped(null),
      products: mapped(null),
      /** The day a deal was won: a date field, or when its stage became a won one (BEHAVIOR 15). */
      wonOn: z.union([z.literal('stage-history'), apiName]).default('Closing_Date'),
    })
    .prefault({}),
});
export type Fields = z.output<typeof fields>;

/** As `Fields`, nothing left open. */
export type Inputs = Omit<Fields, 'email' | 'name' | 'country' | 'birthday'> & {
  readonly email: string | null;
  readonly name: readonly string[] | null;
  readonly country: string | null;
  readonly birthday: string | null;
};

type Defaults = Pick<Inputs, 'email' | 'name' | 'country' | 'birthday'>;

const defaults: Readonly<Record<Subject, Defaults>> = {
  contact: {
    email: 'Email',
    name: ['First_Name', 'Last_Name'],
    country: 'Mailing_Country',
    birthday: 'Date_of_Birth',
  },
  company: { email: null, name: ['Account_Name'], country: 'Billing_Country', birthday: null },
};

/** Where each input is read from, with the subject's own defaults. */
export function inputsOf(chosen: Fields, subject: Subject): Inputs {
  const { email, name, country, birthday, ...rest } = chosen;
  const usual = defaults[subject];
  return {
    ...rest,
    email: email === undefined ? usual.email : email,
    name: name === undefined ? usual.name : name,
    country: country === undefined ? usual.country : country,
    birthday: birthday === undefined ? usual.birthday : birthday,
  };
}
