import type { Evaluation, Objective } from './objective.ts';

const MOST_STEPS = 300;
const MOST_TRIALS = 40;
/** A slope below this is none: the objective is in log units of all customers together. */
const FLAT = 1e-6;
/** Two values nearer than this share are equal to rounding: then the slope decides. */
const ROUNDING = 1e-12;
/** Less than this share gained since the search last began anew: it would go round in circles. */
const STALLED = 1e-9;
/** No step multiplies a parameter (which is a logarithm) by more than e². */
const LONGEST_STEP = 2;

type Point = Evaluation & { readonly at: readonly number[] };

/** The inverse of the matrix of second derivatives, as far as the search knows it. */
type Inverse = readonly (readonly number[])[] | null;

/** Where the search ended, whether the slope had vanished there, and what it knew of the curvature. */
export type Minimum = Point & { readonly converged: boolean; readonly inverse: Inverse };

/**
 * BFGS with a backtracking line search (Nocedal & Wright, Numerical Optimization, 2006, algorithm
 * 6.1). Near the bottom, where values differ by rounding only, a step counts when it makes the slope
 * smaller (Hager & Zhang 2005): "precision loss" is no failure. `known` is the curvature to begin
 * with, from a search on a part of the customers.
 */
export function minimize(
  objective: Objective,
  start: readonly number[],
  known: Inverse = null,
): Minimum {
  let here: Point = { at: start, ...objective(start) };
  let inverse = known;
  let atRestart = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (largest(here.gradient) <= FLAT) return { ...here, converged: true, inverse };
    const next: Point | null = stepFrom(objective, here, inverse);
    if (next === null) {
      const isStalled = atRestart - here.value <= STALLED * Math.abs(here.value);
      if (inverse === null || isStalled) return { ...here, converged: isFlatEnough(here), inverse };
      atRestart = here.value;
    }
    inverse = next === null ? null : updated(inverse, here, next);
    here = next ?? here;
  }
  return { ...here, converged: false, inverse };
}

/** As flat as rounding of a large sum allows. */
function isFlatEnough({ value, gradient }: Point): boolean {
  return largest(gradient) <= Math.max(FLAT, 1e-8 * Math.abs(value));
}

function stepFrom(objective: Objective, here: Point, inverse: Inverse): Point | null {
  const downhill = here.gradient.map((slope) => -slope);
  const wanted = inverse === null ? downhill : inverse.map((row) => dot(row, downhill));
  const scale = Math.min(1, LONGEST_STEP / largest(wanted));
  const unit = inverse === null ? Math.min(scale, 0.5 / largest(wanted)) : scale;
  return lineSearch(
    objective,
    here,
    wanted.map((part) => part * unit),
  );
}

/** `null` where no step along the direction is any better. */
function lineSearch(objective: Objective, here: Point, direction: readonly number[]): Point | null {
  const slope = dot(here.gradient, direction);
  if (!(slope < 0)) return null;
  let length = 1;
  for (let trial = 0; trial < MOST_TRIALS; trial += 1) {
    const at = here.at.map((part, i) => part + length * (direction[i] ?? 0));
    const next = { at, ...objective(at) };
    if (isBetter(here, next, slope * length, dot(next.gradient, direction) * length)) return next;
    length *= shrink(next.value - here.value, slope * length);
  }
  return null;
}

function isBetter(here: Point, next: Point, slope: number, slopeThere: number): boolean {
  if (!Number.isFinite(next.value)) return false;
  if (next.value <= here.value + 1e-4 * slope) return true;
  const isEqual = Math.abs(next.value - here.value) <= ROUNDING * Math.abs(here.value);
  return isEqual && Math.abs(slopeThere) < 0.9 * Math.abs(slope);
}

/** Where the parabola through value, slope and the value found has its lowest point, within bounds. */
function shrink(rise: number, slope: number): number {
  const lowest = -slope / (2 * (rise - slope));
  return lowest > 0.1 && lowest < 0.5 ? lowest : lowest >= 0.5 ? 0.5 : 0.1;
}

/** The BFGS update of the inverse Hessian; unchanged where the curvature is not positive. */
function updated(inverse: Inverse, from: Point, to: Point): Inverse {
  const step = difference(to.at, from.at);
  const change = difference(to.gradient, from.gradient);
  const curvature = dot(step, change);
  if (!(curvature > 1e-14 * norm(step) * norm(change))) return inverse;
  const known = inverse ?? identity(step.length, curvature / dot(change, change));
  const moved = known.map((row) => dot(row, change));
  const factor = (1 + dot(change, moved) / curvature) / curvature;
  return known.map((row, i) =>
    row.map((entry, j) => {
      const [si, sj, mi, mj] = [step[i] ?? 0, step[j] ?? 0, moved[i] ?? 0, moved[j] ?? 0];
      return entry + factor * si * sj - (mi * sj + si * mj) / curvature;
    }),
  );
}

function identity(size: number, scale: number): readonly (readonly number[])[] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i === j ? scale : 0)),
  );
}

function difference(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((part, i) => part - (right[i] ?? 0));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, part, i) => sum + part * (right[i] ?? 0), 0);
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}

function largest(vector: readonly number[]): number {
  return vector.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
}
