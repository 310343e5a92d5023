/** What is taken out of a document. */
export type Scrubbed = {
  /** Records: whatever a document lists of them goes. */
  readonly ids: ReadonlySet<string>;
  /** What names a person, wherever it stands in a text. */
  readonly values: readonly string[];
  /** Numbers of deals, where a document names deals. */
  readonly references: ReadonlySet<string>;
};

/** Stands where something was taken out; also in YAML a text as any other. */
const gap = '(erased)';

/** The document without them; everything else as it was, the order of its keys too. */
export function scrub(document: unknown, out: Scrubbed): unknown {
  const patterns = [aboutThem(out.ids), patternOf(out.values)].filter((one) => one !== null);
  return scrubPart(document, out, patterns);
}

export function scrubText(text: string, { values }: Pick<Scrubbed, 'values'>): string {
  const pattern = patternOf(values);
  return pattern === null ? text : text.replaceAll(pattern, gap);
}

function scrubPart(part: unknown, out: Scrubbed, patterns: readonly RegExp[]): unknown {
  if (typeof part === 'string')
    return patterns.reduce((text, pattern) => text.replaceAll(pattern, gap), part);
  if (Array.isArray(part))
    return part
      .filter((each: unknown) => !isAbout(each, out))
      .map((each: unknown) => scrubPart(each, out, patterns));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) => [
      key,
      namesDeals(key) ? withoutDeals(value, out) : scrubPart(value, out, patterns),
    ]),
  );
}

/** An entry of a list that is of one customer: of a record by its id, or of a name given by hand. */
function isAbout(part: unknown, { ids, values }: Scrubbed): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([key, value]: [string, unknown]) => {
    if (typeof value !== 'string') return false;
    if (key === 'customerId') return ids.has(value);
    return key === 'customer' && (ids.has(value) || isNamed(value, values));
  });
}

function isNamed(text: string, values: readonly string[]): boolean {
  return values.some((value) => value.toLowerCase() === text.toLowerCase());
}

function namesDeals(key: string): boolean {
  return key === 'deals' || key === 'reference';
}

function withoutDeals(value: unknown, { references }: Scrubbed): unknown {
  if (typeof value === 'string') return references.has(value) ? gap : value;
  if (!Array.isArray(value)) return value;
  return value.filter((each: unknown) => typeof each !== 'string' || !references.has(each));
}

/**
 * A sentence that names a record goes on with what its fields hold (`PLAN_STALE`, the canary's hold),
 * which may be anything and end anywhere: all that follows goes.
 */
function aboutThem(ids: ReadonlySet<string>): RegExp | null {
  if (ids.size === 0) return null;
  const any = [...ids].map((id) => escaped(id)).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])customer (?:${any})(?![\\p{L}\\p{N}]).*$`, 'gisu');
}

/** Whole words only: a name of three letters is not cut out of others. */
function patternOf(values: readonly string[]): RegExp | null {
  if (values.length === 0) return null;
  const longestFirst = values.toSorted((left, right) => right.length - left.length);
  const words = longestFirst.map((value) => escaped(value)).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
