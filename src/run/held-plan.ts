import { AssayError } from '../domain/assay-error.ts';
import { type GuardName, guardNames, type Hold } from '../domain/hold.ts';
import { openHolds, type Plan } from '../domain/plan.ts';

type HeldPlan = Pick<Plan, 'id' | 'holds' | 'decision'>;

/** Why a plan waits and what a person does about it. */
export function planHeld(plan: HeldPlan): AssayError {
  return new AssayError('PLAN_HELD', 'ask', heldText(plan), heldTodo(plan));
}

/** The guards that have to be named for it to be written. */
export function guardsOf(plan: Pick<HeldPlan, 'holds' | 'decision'>): readonly GuardName[] {
  const open = openHolds(plan).map(({ by }) => by);
  return guardNames.filter((name) => open.includes(name));
}

function heldText(plan: HeldPlan): string {
  return `Plan ${plan.id} waits for a person's word. ${sentences(openHolds(plan))}`;
}

function heldTodo(plan: HeldPlan): string {
  if (isPreview(plan))
    return `\`assay plans ${plan.id}\` shows it. To have plans written, set \`writes.mode\` of the connection to \`approve\` or \`auto\`; the next run makes a plan then.`;
  return `\`assay plans ${plan.id}\` shows it; then \`${approveLine(plan)}\`, or \`assay reject ${plan.id} --why "…"\`.`;
}

/** The command that lets it be written. */
export function approveLine(plan: HeldPlan): string {
  const allow = guardsOf(plan).map((guard) => ` --allow ${guard}`);
  return `assay approve ${plan.id}${allow.join('')} --why "…"`;
}

/** No word lets it be written. */
export function isPreview(plan: Pick<HeldPlan, 'holds'>): boolean {
  return plan.holds.some(({ by }) => by === 'preview');
}

function sentences(holds: readonly Hold[]): string {
  return holds.map(({ by, because }) => `${by}: ${because}`).join(' ');
}
