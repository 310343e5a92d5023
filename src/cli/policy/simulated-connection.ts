import type { Simulation } from '../../run/simulate-policy.ts';
import type { BothTested } from './backtest-both.ts';

/** One connection's part. */
export type SimulatedConnection = {
  readonly simulation: Simulation;
  /** `null`: not asked for. */
  readonly tested: BothTested | null;
};
