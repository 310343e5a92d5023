import type { ExplainedScore } from './explain-scores.ts';
import type { Explanation } from './explanation.ts';
import type { ReasonTexts } from './reason-texts.ts';

/** The explanation as lines for a terminal, without colour. */
export function explainLines(
  explained: Omit<Explanation, 'lines'>,
  texts: ReasonTexts,
): readonly string[] {
  const { scores, facts, customerId, asOf, policyVersion } = explained;
  const width = Math.max(0, ...facts.map(({ label }) => label.length));
  return [
    texts.head({ customerId, asOf, policyVersion }),
    tierLine(explained, texts),
    ...scores.flatMap((scored) => scoreLines(scored, texts)),
    ...(explained.rfm === null ? [] : [rfmLine(explained.rfm)]),
    ...facts.map(({ label, text }) => `${label.padEnd(width)}  ${text}`),
  ];
}

function tierLine({ tier, cuts, rfm }: Omit<Explanation, 'lines'>, texts: ReasonTexts): string {
  if (rfm === null) return texts.noOrder;
  const name = tier === null ? texts.noTier : `${texts.tier}: ${tier.label}`;
  const begins = cuts.map(({ label, from }) => `${label} ${texts.from} ${from}`).join(', ');
  return begins === '' ? name : `${name} (${begins})`;
}

function rfmLine({ recency, frequency, monetary }: NonNullable<Explanation['rfm']>): string {
  return `RFM ${recency}-${frequency}-${monetary}`;
}

function scoreLines(scored: ExplainedScore, texts: ReasonTexts): readonly string[] {
  const { score, confidence, parts, unknown } = scored;
  if (score === null) return [`${scored.label}: ${texts.unknown.toLowerCase()}`];
  const width = Math.max(0, ...parts.map(({ label }) => label.length));
  const sure = confidence === 1 ? '' : `, ${texts.confidence} ${confidence}`;
  return [
    `${scored.label} ${score}/100${sure}`,
    ...parts.map(({ label, points, of, text }) => {
      const gained = `${points}/${of}`.padStart(7);
      return `  ${label.padEnd(width)} ${gained}  ${text}`.trimEnd();
    }),
    ...unknown.map(({ text }) => `  ${text}; ${texts.weightWent}`),
  ];
}
