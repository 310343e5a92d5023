/** Longer values are texts, not classes of customers. */
const LONGEST = 80;

/**
 * A customer's value of an attribute, as it is compared: trimmed, any case, any width. `null` where
 * it is unknown, empty, or so long that nobody would share it.
 */
export function attributeValue(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string | null {
  const given = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  const value = given?.normalize('NFKC').trim().toLowerCase() ?? '';
  return value === '' || value.length > LONGEST ? null : value;
}
