/** What is minimised: its value at a point, and its slope there. */
export type Objective = (point: readonly number[]) => Evaluation;

export type Evaluation = { readonly value: number; readonly gradient: readonly number[] };
