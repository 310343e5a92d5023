/** What one COQL call costs: 1 credit up to 200 rows, 2 up to 1,000, 3 up to 2,000 (facts §1). */
export function creditsOfLimit(limit: number): number {
  if (limit <= 200) return 1;
  return limit <= 1_000 ? 2 : 3;
}

/** Rows of one bulk read job, and what it usually costs to begin one (facts §1). */
export const rowsPerJob = 200_000;
export const usualJobCredits = 50;
/** Looks at a job until it is done, as usual: pauses grow, so a long job has few more. */
const usualPolls = 4;
/** One page of a list of records, its fields, and how deep its page tokens lead (facts §1). */
export const rowsPerGet = 200;
export const fieldsPerGet = 50;
export const deepestGet = 100_000;
/** Ids of one GET that names them. */
export const idsPerGet = 100;
/** Fields of one COQL query (facts §1). */
const fieldsPerQuery = 500;

export type ReadInput = {
  /** Records expected. */
  readonly rows: number;
  readonly fields: number;
  /** Fields that COQL refuses to select. */
  readonly unselectable: readonly string[];
  /** The edition has the bulk API and the settings allow it. */
  readonly hasBulk: boolean;
  /** What beginning a bulk read job costs in this org. Default 50. */
  readonly jobCredits?: number;
  /** Most rows of a COQL page. */
  readonly coqlRows: number;
};

const readKinds = ['bulk', 'coql', 'get', 'by-id'] as const;
export type ReadKind = (typeof readKinds)[number];

export type ReadCost = {
  /** `by-id`: ids by COQL, values by GETs that name them. */
  readonly kind: ReadKind;
  readonly calls: number;
  readonly credits: number;
};

export type ReadRoute = ReadCost & {
  /** What was chosen over what, in words for the admin. */
  readonly reason: string;
};

/** The cheapest way to read every record of a module, computed from Zoho's own figures (facts §1). */
export function readRoute(input: ReadInput): ReadRoute {
  const costs = [...bulkCost(input), ...coqlCost(input), ...getCost(input), ...byIdCost(input)];
  // Of equals the one with fewer calls, then the first: nothing waits for a job without need.
  const [best = byId(input), ...others] = costs.toSorted(
    (a, b) => a.credits - b.credits || a.calls - b.calls,
  );
  return { ...best, reason: reasonOf(input, best, others) };
}

/** LIMITs of the pages of a scan of so many rows: the last is as small as the rest allows. */
export function pageLimit(left: number, coqlRows: number): number {
  const steps = [200, 1_000, 2_000].map((limit) => Math.min(limit, coqlRows));
  return steps.find((limit) => limit >= left) ?? coqlRows;
}

function bulkCost({ rows, hasBulk, jobCredits = usualJobCredits }: ReadInput): readonly ReadCost[] {
  if (!hasBulk) return [];
  const jobs = Math.max(1, Math.ceil(rows / rowsPerJob));
  const calls = jobs * (1 + usualPolls + 1);
  return [{ kind: 'bulk', calls, credits: calls + jobs * (jobCredits - 1) }];
}

function coqlCost(input: ReadInput): readonly ReadCost[] {
  const { rows, fields, unselectable, coqlRows } = input;
  if (unselectable.length > 0 || fields > fieldsPerQuery) return [];
  return [{ kind: 'coql', ...scanCost(rows, coqlRows) }];
}

function scanCost(rows: number, coqlRows: number) {
  const whole = Math.floor(rows / coqlRows);
  const rest = rows - whole * coqlRows;
  // A full last page does not tell that it is the last.
  const last = creditsOfLimit(pageLimit(rest, coqlRows));
  return { calls: whole + 1, credits: whole * creditsOfLimit(coqlRows) + last };
}

function getCost({ rows, fields }: ReadInput): readonly ReadCost[] {
  if (fields > fieldsPerGet || rows > deepestGet) return [];
  const calls = Math.max(1, Math.ceil(rows / rowsPerGet));
  return [{ kind: 'get', calls, credits: calls }];
}

function byIdCost(input: ReadInput): readonly ReadCost[] {
  return input.unselectable.length > 0 || input.fields > fieldsPerGet ? [byId(input)] : [];
}

function byId({ rows, fields, coqlRows }: ReadInput): ReadCost {
  const ids = scanCost(rows, coqlRows);
  const gets = Math.ceil(rows / idsPerGet) * Math.ceil(fields / fieldsPerGet);
  return { kind: 'by-id', calls: ids.calls + gets, credits: ids.credits + gets };
}

const names: Readonly<Record<ReadKind, string>> = {
  bulk: 'bulk read',
  coql: 'COQL',
  get: 'lists by GET',
  'by-id': 'ids by COQL and values by GET',
};

function reasonOf(input: ReadInput, best: ReadCost, others: readonly ReadCost[]): string {
  const { rows, fields, hasBulk, unselectable } = input;
  const dearer = others.map(({ kind, credits }) => `${names[kind]} ${grouped(credits)}`).join(', ');
  const hindrances = [
    ...(hasBulk ? [] : ['bulk read is not to be had']),
    ...(unselectable.length === 0 ? [] : [`COQL refuses ${unselectable.join(', ')}`]),
    ...(fields > fieldsPerGet ? [`${fields} fields are too many for one GET`] : []),
    ...(rows > deepestGet ? ['lists by GET end at 100,000 records'] : []),
  ];
  const why = [...(dearer === '' ? [] : [`instead of ${dearer}`]), ...hindrances].join('; ');
  const cost = `${names[best.kind]}, ${saidCost(best)}`;
  return why === '' ? cost : `${cost} (${why})`;
}

/** As the plan shows a price. */
export function saidCost({ credits, calls }: Pick<ReadCost, 'credits' | 'calls'>): string {
  return `${counted(credits, 'credit')} in ${counted(calls, 'call')}`;
}

function counted(count: number, word: string): string {
  return `${grouped(count)} ${count === 1 ? word : `${word}s`}`;
}

/** With a comma between thousands, as the plan has its other numbers. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
