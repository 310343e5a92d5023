/** What a fit wants known: by `code` for programs, in words for people. */
export type FitWarning = { readonly code: FitWarningCode; readonly text: string };

/** What can be wrong with a fit; none of it stops one. */
type FitWarningCode =
  /** There was too little to fit: `basis` is `fallback`. */
  | 'too-little-data'
  /** Fitted, but to so few customers that the parameters are uncertain. */
  | 'few-customers'
  /** Histories left out: negative, not a number, or the last order after the end. */
  | 'unusable-histories'
  | 'no-dropout'
  | 'equal-rates'
  | 'equal-dropout'
  | 'not-converged'
  | 'spend-not-fitted'
  | 'spend-boundary'
  | 'spend-correlated';

export const fewCustomers: FitWarning = {
  code: 'few-customers',
  text: 'fewer than 200 customers: the parameters are uncertain',
};

export const notConverged: FitWarning = {
  code: 'not-converged',
  text: 'the search ended before the likelihood was at its top: the parameters are its best so far',
};

export function tooLittleWarning(why: string): FitWarning {
  return {
    code: 'too-little-data',
    text: `${why}: nothing is fitted; the rate of all customers together and an assumed chance to leave of one in five are used`,
  };
}

export function unusableWarnings(count: number): readonly FitWarning[] {
  if (count === 0) return [];
  const text = `${count} customers were left out: their x, t_x and T are no history`;
  return [{ code: 'unusable-histories', text }];
}
