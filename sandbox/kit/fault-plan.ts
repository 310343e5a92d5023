import { z } from 'zod';
import type { Random } from './random.ts';

/** Which calls a fault waits for. Everything absent matches everything. */
const faultMatch = z.object({
  method: z.string().optional(),
  /** A regular expression over the path without version and query. */
  path: z.string().refine(isRegExp, { message: 'not a regular expression' }).optional(),
  /** Only the nth call that matches otherwise, counting from 1. */
  nth: z.number().int().positive().optional(),
});

/** One fault to come: what to do, to which calls, how often. */
export function faultRule<E extends z.ZodType>(effect: E) {
  return z.object({
    match: faultMatch.default({}),
    /** Chance per matching call. Default 1. */
    probability: z.number().min(0).max(1).default(1),
    /** How many times in all. Default: once, or without end when `probability` is below 1. */
    times: z.number().int().positive().optional(),
    effect,
  });
}

export interface FaultRule<E> {
  readonly match: Readonly<z.output<typeof faultMatch>>;
  readonly probability: number;
  readonly times?: number | undefined;
  readonly effect: E;
}

/** A call as far as a fault's match looks at it. */
export interface FaultCandidate {
  readonly method: string;
  readonly path: string;
}

interface Armed<E> {
  readonly rule: FaultRule<E>;
  readonly path: RegExp;
  seen: number;
  left: number;
}

/** The faults of a sandbox: those that wait, and which one a call gets. */
export class FaultPlan<E> {
  readonly #random: Random;
  #armed: Armed<E>[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  add(rules: readonly FaultRule<E>[]): void {
    for (const rule of rules) {
      const left = rule.times ?? (rule.probability < 1 ? Number.POSITIVE_INFINITY : 1);
      this.#armed.push({ rule, path: new RegExp(rule.match.path ?? ''), seen: 0, left });
    }
  }

  clear(): void {
    this.#armed = [];
  }

  /** The rules that may still strike. */
  pending(): readonly FaultRule<E>[] {
    return this.#armed.map((armed) => armed.rule);
  }

  /**
   * What happens to this call: the first rule that fits, each call counting for every rule's `nth`.
   * `fits` lets an effect look at more than method and path.
   */
  draw(call: FaultCandidate, fits: (effect: E) => boolean = () => true): E | undefined {
    const struck = this.#armed.filter((armed) => this.#strikes(armed, call, fits))[0];
    if (struck === undefined) return undefined;
    struck.left -= 1;
    this.#armed = this.#armed.filter((armed) => armed.left > 0);
    return struck.rule.effect;
  }

  #strikes(armed: Armed<E>, call: FaultCandidate, fits: (effect: E) => boolean): boolean {
    const { match, probability, effect } = armed.rule;
    if (match.method !== undefined && match.method.toUpperCase() !== call.method) return false;
    if (!armed.path.test(call.path) || !fits(effect)) return false;
    armed.seen += 1;
    if (match.nth !== undefined && match.nth !== armed.seen) return false;
    return probability === 1 || this.#random.next() < probability;
  }
}

function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
