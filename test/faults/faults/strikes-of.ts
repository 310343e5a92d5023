import type { FaultPlan, FaultRule } from '../../../sandbox/kit/fault-plan.ts';
import type { Effect } from './effects.ts';
import type { Strike, Tenant } from './tenant.ts';

/** The strikes of one sandbox: adds them, ends them, and tells whether any came. */
export function strikesOf<E>(
  faults: FaultPlan<E>,
  parse: (effect: Effect['effect']) => E,
): Pick<Tenant, 'strike' | 'strikesCame' | 'spare'> {
  let came = false;
  const ruleOf = ({ method, path, nth, times = 1, probability = 1, effect }: Strike) => {
    const match = { method, path, ...(nth !== undefined && { nth }) };
    return { match, probability, times, effect: parse(effect) };
  };
  const draw = faults.draw.bind(faults);
  faults.draw = (...call) => {
    const drawn = draw(...call);
    came ||= drawn !== undefined;
    return drawn;
  };
  return {
    strike: (strikes) => faults.add(strikes.map(ruleOf) satisfies readonly FaultRule<E>[]),
    strikesCame: () => came,
    spare: () => faults.clear(),
  };
}
