import type { Drift } from '../score/review/drift.ts';
import type { ReviewReport } from './review-report.ts';

const names: Readonly<Record<Drift['of'], string>> = {
  value: 'value scores',
  recency: 'days since the last order',
  frequency: 'orders in the window',
  monetary: 'net amounts in the window',
  tiers: 'tiers',
};

/** What a person may want to do. Nothing does it by itself. */
export function reviewProposals(
  report: Omit<ReviewReport, 'proposals'>,
  cutsFoundOn: string | null,
): readonly string[] {
  return [
    ...(report.drift ?? []).flatMap((drift) => driftProposal(drift, cutsFoundOn)),
    ...gapProposals(report),
    ...overrideProposals(report),
    ...planProposals(report),
  ];
}

function driftProposal({ of, index, level }: Drift, foundOn: string | null): readonly string[] {
  if (level !== 'large' || index === null) return [];
  const rests = foundOn === null ? 'of then' : `found on ${foundOn}`;
  return [
    `Customers are spread over ${names[of]} otherwise than at the last review (PSI ${index.toFixed(2)}), while the standard rests on cut points ${rests}. Simulate a draft, or the same policy with --full, before you change anything: assay policy simulate <file>.`,
  ];
}

function gapProposals({ gaps, customers }: Omit<ReviewReport, 'proposals'>): readonly string[] {
  const { completeness, gate, unattributedShare } = gaps;
  const problems = Object.values(gaps.dealProblems).reduce((sum, deals) => sum + deals, 0);
  return [
    ...(customers > 0 && completeness !== null && completeness < gate
      ? [
          `Records are ${percent(completeness)} complete, below the ${percent(gate)} that the policy asks for: fill in what it lists as required, or lower the gate.`,
        ]
      : []),
    ...(unattributedShare !== null && unattributedShare > 0.05
      ? [
          `${percent(unattributedShare)} of won revenue reaches no customer: associate those deals in the CRM; "assay doctor" says why.`,
        ]
      : []),
    ...(problems > 0
      ? [`${problems} won deals cannot be counted in full: "assay doctor" says which to correct.`]
      : []),
  ];
}

function overrideProposals({ overrides }: Omit<ReviewReport, 'proposals'>): readonly string[] {
  const { lapsing, outweighed, until } = overrides;
  return [
    ...(lapsing.length === 0
      ? []
      : [
          `${lapsing.length} overrides lapse before ${until}: set again those that are to stay ("assay override set"), the rules decide of the others.`,
        ]),
    ...(outweighed.length === 0
      ? []
      : [
          `${outweighed.length} overrides are outweighed by another word: clear what is not meant.`,
        ]),
  ];
}

function planProposals({ since }: Omit<ReviewReport, 'proposals'>): readonly string[] {
  const { plansRejected, rollbacks } = since;
  return plansRejected + rollbacks === 0
    ? []
    : [
        `${plansRejected} plans were rejected and ${rollbacks} rollbacks planned since: what led to them ("assay audit") may be a rule to change.`,
      ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
