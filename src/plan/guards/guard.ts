import type { HeldTier, Sight } from '../../domain/baseline.ts';
import type { TierMove } from '../../domain/plan.ts';
import type { BrakeSettings } from '../../domain/write-settings.ts';

/** What guards look at. */
export type BrakeInput = {
  readonly brake: BrakeSettings;
  /** Before the plan, as the CRM shows it: the whole base, whatever the plan compared. */
  readonly held: readonly HeldTier[];
  /** Of the plan; those who stay may be among them. */
  readonly moves: readonly TierMove[];
  readonly now: Sight;
  /** Of the last run that wrote; `null`: none did. */
  readonly before: Sight | null;
};

/** Why nothing may be written, with figures; `null`: let it pass. */
export type Guard = (input: BrakeInput) => string | null;
