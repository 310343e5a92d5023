import type { Random } from '../kit/random.ts';
import { daysAfter } from './local-time.ts';
import { pick, wholeNumber } from './random.ts';
import type { WorldCustomer } from './world.ts';

/** What no data set tells of a customer, made up. Nobody is called this, and no address exists. */
export type InventedPerson = Pick<
  WorldCustomer,
  'firstName' | 'lastName' | 'email' | 'birthday' | 'events'
>;

const FIRST_NAMES = [
  ...['Alder', 'Bramble', 'Cinder', 'Dovetail', 'Ember', 'Fable', 'Gossamer', 'Hickory', 'Indigo'],
  ...['Juniper', 'Kestrel', 'Larkspur', 'Marigold', 'Nettle', 'Oakley', 'Pepper', 'Quill', 'Rowan'],
  ...['Saffron', 'Tansy', 'Umber', 'Velvet', 'Willow', 'Xanthe', 'Yarrow', 'Zephyr', 'Ångström'],
] as const;

const LAST_NAMES = [
  ...['Applecask', 'Bellwether', 'Candlewick', 'Drizzlecombe', 'Elderthorn', 'Fiddlestick'],
  ...['Gooseberry', 'Hobblepot', 'Inkwell', 'Jabbernut', 'Kettlewright', 'Lanternjaw'],
  ...['Mumblebee', 'Nutmegson', 'Owlwhistle', 'Puddlefoot', 'Quibblesworth', 'Ramshackle'],
  ...['Snickerwick', 'Thimblewick', 'Underbough', 'Vinegarton', 'Wobblethorpe', "O'Yonder"],
] as const;

const FIRST_BIRTHDAY = '1944-01-01';
const BIRTHDAY_SPAN_DAYS = 60 * 365;
const BIRTHDAY_UNKNOWN = 0.25;
const EVENTS_UNKNOWN = 0.2;
const MOST_INVITATIONS = 8;

/** The same number and the same stream give the same person. */
export function inventPerson(externalId: string, random: Random): InventedPerson {
  const firstName = pick(random, FIRST_NAMES);
  const lastName = pick(random, LAST_NAMES);
  const domain = pick(random, ['example.com', 'example.org']);
  return {
    firstName,
    lastName,
    email: `${mailPart(firstName)}.${mailPart(lastName)}.${externalId.toLowerCase()}@${domain}`,
    birthday:
      random.next() < BIRTHDAY_UNKNOWN
        ? null
        : daysAfter(FIRST_BIRTHDAY, wholeNumber(random, 0, BIRTHDAY_SPAN_DAYS)),
    events: random.next() < EVENTS_UNKNOWN ? null : inventAttendance(random),
  };
}

function inventAttendance(random: Random) {
  const invited = wholeNumber(random, 0, MOST_INVITATIONS);
  return { invited, attended: wholeNumber(random, 0, invited) };
}

function mailPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
