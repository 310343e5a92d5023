/** What a call does to the CRM's data; `search` apart because it has limits of its own. */
const callKinds = ['read', 'write', 'search', 'other'] as const;
export type CallKind = (typeof callKinds)[number];

/** One call as the server saw it. */
export interface Call {
  /** When it arrived, by the sandbox's clock. */
  readonly at: number;
  /** Method and path with placeholders for ids: `PATCH /crm/objects/contacts/{id}`. */
  readonly endpoint: string;
  readonly kind: CallKind;
  /** Which rate limit it counts against. */
  readonly lane: string;
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  /** The rate limit that refused it. */
  readonly policy?: string;
  /** What it used up of the account's allowance, where calls have a price (Zoho's credits). */
  readonly cost?: number;
}

export interface CallReport {
  readonly total: number;
  /** What all calls cost together; absent where calls have no price. */
  readonly cost?: number;
  readonly kinds: Readonly<Record<CallKind, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Calls refused with a 429, in all and by policy. */
  readonly tooMany: { readonly total: number; readonly policies: Readonly<Record<string, number>> };
  readonly endpoints: Readonly<Record<string, EndpointCount>>;
}

interface EndpointCount {
  readonly count: number;
  readonly cost?: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Counts every call, so that tests and benchmarks read the truth from the server's side. */
export class CallLog {
  #calls: Call[] = [];

  record(call: Call): void {
    this.#calls.push(call);
  }

  reset(): void {
    this.#calls = [];
  }

  all(): readonly Call[] {
    return this.#calls;
  }

  /** Arrival times of the calls that were let through, to compute the rate used in any window. */
  times(lane?: string): readonly number[] {
    return this.#calls
      .filter((call) => call.status !== 429 && (lane === undefined || call.lane === lane))
      .map((call) => call.at)
      .toSorted((a, b) => a - b);
  }

  report(): CallReport {
    const kinds = { read: 0, write: 0, search: 0, other: 0 };
    const endpoints = new Map<string, Call[]>();
    for (const call of this.#calls) {
      kinds[call.kind] += 1;
      const same = endpoints.get(call.endpoint);
      if (same === undefined) endpoints.set(call.endpoint, [call]);
      else same.push(call);
    }
    const refused = this.#calls.filter((call) => call.status === 429);
    return {
      total: this.#calls.length,
      ...costOf(this.#calls),
      kinds,
      statuses: countBy(this.#calls, (call) => String(call.status)),
      tooMany: {
        total: refused.length,
        policies: countBy(refused, (call) => call.policy ?? 'UNKNOWN'),
      },
      endpoints: Object.fromEntries([...endpoints].map(([name, same]) => [name, counted(same)])),
    };
  }
}

function counted(calls: readonly Call[]): EndpointCount {
  const statuses = countBy(calls, (call) => String(call.status));
  return { count: calls.length, ...costOf(calls), statuses };
}

function costOf(calls: readonly Call[]): { readonly cost?: number } {
  const priced = calls.filter((call) => call.cost !== undefined);
  if (priced.length === 0) return {};
  return { cost: priced.reduce((sum, call) => sum + (call.cost ?? 0), 0) };
}

function countBy(
  calls: readonly Call[],
  keyOf: (call: Call) => string,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(keyOf(call), (counts.get(keyOf(call)) ?? 0) + 1);
  return Object.fromEntries(counts);
}
