import type { ExplainedScore } from './explain-scores.ts';
import type { Explanation } from './explanation.ts';
import { columnsOf, padTo } from './pad.ts';
import type { ReasonTexts } from './texts/shape.ts';

type Explained = Omit<Explanation, 'lines'>;
type Row = { readonly label: string; readonly text: string };

/** The explanation as lines for a terminal, without colour. */
export function explainLines(explained: Explained, texts: ReasonTexts): readonly string[] {
  const { scores, customerId, asOf, policyVersion, rfm } = explained;
  return [
    texts.head({ customerId, asOf, policyVersion }),
    tierLine(explained, texts),
    ...scores.flatMap((scored) => scoreLines(scored, texts)),
    ...(rfm === null ? [] : [`RFM ${rfm.recency}-${rfm.frequency}-${rfm.monetary}`]),
    ...rowLines([...classRows(explained, texts), ...explained.figures, ...explained.facts]),
  ];
}

function tierLine({ tier, cuts, rfm, leftOut }: Explained, texts: ReasonTexts): string {
  if (leftOut !== null) return leftOut;
  const { comma, colon, aside, between } = texts.marks;
  const grade = tier?.grade === null || tier === null ? '' : ` ${tier.grade.toUpperCase()}`;
  const name = tier === null ? texts.noTier : `${texts.tier}${colon}${tier.label}${grade}`;
  if (rfm === null) return tier === null ? texts.noOrder : `${texts.noOrder}${between}${name}`;
  const begins = cuts.map(texts.from).join(comma);
  return begins === '' ? name : `${name}${aside(begins)}`;
}

function scoreLines(scored: ExplainedScore, texts: ReasonTexts): readonly string[] {
  const { score, confidence, parts, unknown } = scored;
  const { comma, colon, semicolon } = texts.marks;
  if (score === null || confidence === null)
    return [`${scored.label}${colon}${texts.unknown.toLowerCase()}`];
  const width = widest(parts);
  const sure = confidence === 1 ? '' : `${comma}${texts.confidence(confidence)}`;
  return [
    `${scored.label} ${score}/100${sure}`,
    ...parts.map(({ label, points, of, text }) => {
      const gained = `${points}/${of}`.padStart(7);
      return `  ${padTo(label, width)} ${gained}  ${text}`.trimEnd();
    }),
    ...unknown.map(({ text }) => `  ${text}${semicolon}${texts.weightWent}`),
  ];
}

function classRows({ classes }: Explained, { marks }: ReasonTexts): readonly Row[] {
  return classes.map(({ familyLabel, label, text }) => ({
    label: familyLabel,
    text: text === '' ? label : `${label}${marks.aside(text)}`,
  }));
}

function rowLines(rows: readonly Row[]): readonly string[] {
  const width = widest(rows);
  return rows.map(({ label, text }) => `${padTo(label, width)}  ${text}`);
}

function widest(rows: readonly { readonly label: string }[]): number {
  return Math.max(0, ...rows.map(({ label }) => columnsOf(label)));
}
