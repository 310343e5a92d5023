import type { TierMove } from '../domain/plan.ts';
import type { ShadowPair } from '../domain/shadow.ts';
import { Column } from '../score/column.ts';
import type { ComparedColumns } from '../score/shadow/compare-policies.ts';

/** What customers of a tier did next. */
export type NextOfTier = {
  readonly tier: string;
  readonly customers: number;
  readonly buyers: number;
  readonly netMinor: number;
};

type Side = 'champion' | 'challenger';
type Sale = { readonly minor: number };

/** Adds up what customers did next, by both policies: 48 bytes each. */
export class ShadowSums {
  readonly #keys: Readonly<Record<Side, readonly string[]>>;
  readonly #unit: number;
  readonly #spend = new Column();
  readonly #bought = new Column();
  readonly #values = { champion: new Column(), challenger: new Column() };
  readonly #tops = { champion: new Column(), challenger: new Column() };
  readonly #tiers = {
    champion: new Map<string, NextOfTier>(),
    challenger: new Map<string, NextOfTier>(),
  };
  readonly #matrix = new Map<string, TierMove>();
  #buyers = 0;
  #net = 0;

  /**
   * @param keys of the tiers, highest first
   * @param unit minor units of one of the currency
   */
  constructor(keys: Readonly<Record<Side, readonly string[]>>, unit: number) {
    this.#keys = keys;
    this.#unit = unit;
  }

  add(pair: ShadowPair, sales: readonly Sale[]): void {
    const minor = sales.reduce((sum, sale) => sum + sale.minor, 0);
    const buyers = sales.some((sale) => sale.minor > 0) ? 1 : 0;
    this.#buyers += buyers;
    this.#net += minor;
    this.#spend.push(Math.max(0, minor) / this.#unit);
    this.#bought.push(buyers);
    for (const side of ['champion', 'challenger'] as const) {
      const { value, tier } = pair[side];
      this.#values[side].push(value ?? -1);
      this.#tops[side].push(tier !== null && tier === this.#keys[side][0] ? 1 : 0);
      count(this.#tiers[side], tier ?? 'none', { buyers, minor });
    }
    this.#move(pair.champion.tier ?? 'none', pair.challenger.tier ?? 'none', minor);
  }

  get customers(): number {
    return this.#spend.length;
  }

  get buyers(): number {
    return this.#buyers;
  }

  get netMinor(): number {
    return this.#net;
  }

  columns(): ComparedColumns {
    const side = (name: Side) => ({
      value: this.#values[name].values(),
      isTop: this.#tops[name].values(),
    });
    return {
      ...{ champion: side('champion'), challenger: side('challenger') },
      ...{ spend: this.#spend.values(), bought: this.#bought.values() },
    };
  }

  /** Highest tier first; tiers that the policy no longer knows and `none` last. */
  next(side: Side): readonly NextOfTier[] {
    const keys = this.#keys[side];
    const rank = ({ tier }: NextOfTier) => {
      const at = keys.indexOf(tier);
      return at === -1 ? keys.length : at;
    };
    return [...this.#tiers[side].values()].toSorted((one, other) => rank(one) - rank(other));
  }

  matrix(): readonly TierMove[] {
    return [...this.#matrix.values()];
  }

  #move(from: string, to: string, minor: number): void {
    const place = `${from} ${to}`;
    const { customers, netMinor } = this.#matrix.get(place) ?? { customers: 0, netMinor: 0 };
    const sum = { from, to, customers: customers + 1, netMinor: netMinor + minor };
    this.#matrix.set(place, sum);
  }
}

function count(
  tiers: Map<string, NextOfTier>,
  tier: string,
  { buyers, minor }: { readonly buyers: number; readonly minor: number },
): void {
  const before = tiers.get(tier) ?? { tier, customers: 0, buyers: 0, netMinor: 0 };
  tiers.set(tier, {
    ...{ tier, customers: before.customers + 1 },
    ...{ buyers: before.buyers + buyers, netMinor: before.netMinor + minor },
  });
}
