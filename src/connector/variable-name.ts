import { z } from 'zod';

/** A stretch that mixes letters and digits for as long as no name does, as a Zoho client secret is. */
const looksSecret = (text: string) =>
  (text.match(/[A-Za-z\d]{20,}/g) ?? []).some((stretch) => /\d/.test(stretch));

/**
 * A setting that holds the name of an environment variable. A secret put there by mistake is refused
 * here, without being repeated, before `SECRET_MISSING` could show it as a name.
 */
export const variableName = z
  .string()
  .refine(
    (text) => /^[A-Za-z_]\w*$/.test(text) && !looksSecret(text),
    'must be the name of an environment variable, not the secret itself',
  );
