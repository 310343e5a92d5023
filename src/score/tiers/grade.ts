import type { CustomerDay } from '../customer-day.ts';

/** Above the best value score. */
const END = 101;

/**
 * The sub-grade inside the tier [D12]: the value scores from the tier's cut to the next higher one
 * in equal parts, best first. Who is held in a tier that the value does not reach has its lowest
 * grade; `null` without a tier or grades.
 */
export function gradeOf({ basic, cuts, policy }: CustomerDay, tier: string | null): string | null {
  const { grades } = policy.tiers;
  const at = cuts.tiers.findIndex(({ key }) => key === tier);
  const cut = cuts.tiers[at];
  if (cut === undefined || basic.value === null) return null;
  const span = (cuts.tiers[at - 1]?.from ?? END) - cut.from;
  const reached = span > 0 ? (basic.value.score - cut.from) / span : 1;
  const fromBelow = Math.floor(Math.min(1, Math.max(0, reached)) * grades.length);
  return grades[grades.length - 1 - Math.min(grades.length - 1, fromBelow)] ?? null;
}
