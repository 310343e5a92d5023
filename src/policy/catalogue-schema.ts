import { z } from 'zod';

const text = (longest: number) => z.string().trim().min(1, 'must not be empty').max(longest);
const inLanguages = (longest: number) =>
  z.strictObject({ en: text(longest), zh: text(longest).optional() });

/** Keys of tiers, classes and lists: what the CRM stores. */
export const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'a key is a lower-case letter, then letters, digits or _')
  .refine((key) => key !== 'none', '`none` means that there is no class; choose another key');

/** What people read of an entry; free to change, it moves nobody. */
export const textsShape = {
  label: inLanguages(40),
  description: inLanguages(200),
};

/** How a class looks on a screen. */
export const looksShape = {
  /** A name that the dashboard knows a picture for, or none. */
  icon: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'an icon is a name of lower-case letters, digits and dashes'),
  colour: z.string().regex(/^#[0-9A-Fa-f]{6}$/, "a colour is written '#RRGGBB', in quotes"),
};
