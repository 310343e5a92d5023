import { classFamilies } from '../../domain/classes.ts';
import type { PolicyProposal } from '../../run/policy-proposal.ts';
import type { SimulatedConnection } from '../policy/simulated-connection.ts';
import { diffDocument } from './policy-diff.ts';

export type SimulationDocument = ReturnType<typeof simulationDocument>;
export type SimulatedPart = SimulationDocument['connections'][number];

/** The document of `assay policy simulate --json`. */
export function simulationDocument(
  { before, draft, diff, approve }: PolicyProposal,
  parts: readonly SimulatedConnection[],
) {
  const shown = before === null || diff === null ? null : diffDocument(before, draft, diff);
  return {
    draft: { name: draft.name, version: draft.version, digest: draft.digest },
    inForce: before === null ? null : { name: before.name, version: before.version },
    /** Publishing exactly this asks for it. */
    approve,
    diff: shown,
    tiers: draft.policy.tiers.classes.map(({ key }) => key),
    families: Object.keys(classFamilies),
    connections: parts.map(({ simulation, tested }) => ({
      ...simulation,
      backtest: tested?.kind === 'tested' ? { before: tested.before, after: tested.after } : null,
      /** Why there is no back-test; `null` where there is one, or none was asked for. */
      backtestLeftOut: tested?.kind === 'untested' ? tested.because : null,
    })),
  };
}
