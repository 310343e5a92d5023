/** The values behind a path's placeholders, by the placeholder's name. */
export type PathParameters = Readonly<Record<string, string>>;

/** `['crm', '{type}']` against `['crm', 'deals']`: what the placeholders stand for, or no match. */
export function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): PathParameters | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}
