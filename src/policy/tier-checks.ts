import type { z } from 'zod';

type Sized = {
  readonly key: string;
  readonly share?: number | 'rest' | undefined;
  readonly top?: number | undefined;
  readonly from: number;
};
type Context = z.core.$RefinementCtx<readonly Sized[]>;

/** A zod check: each tier has one size, the lowest alone is the rest, and something is left for it. */
export function checkSizes(classes: readonly Sized[], context: Context): void {
  const refuse = (at: number, key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [at, key], message });
  const total = classes.reduce((sum, { share }) => sum + (share === 'rest' ? 0 : (share ?? 0)), 0);
  if (total >= 1)
    context.addIssue({
      code: 'custom',
      path: [],
      message: `the shares add up to ${Math.round(total * 100)} %; leave something for the rest`,
    });
  for (const [at, { share, top }] of classes.entries()) {
    if (share !== undefined && top !== undefined)
      refuse(at, 'top', 'a tier has a `share` or a `top`, not both');
    else if ((share === 'rest') !== (at === classes.length - 1))
      refuse(at, 'share', 'the lowest tier, and no other, has the share `rest`');
    else if (share === undefined && top === undefined)
      refuse(
        at,
        'share',
        'is missing; give a `share` of the base, or `top`: a number of customers',
      );
  }
}

/** A zod check: the scores from which tiers begin fall down to 0. */
export function checkFrom(classes: readonly Sized[], context: Context): void {
  for (const [at, { from }] of classes.entries()) {
    const above = classes[at - 1];
    if (above !== undefined && from >= above.from)
      context.addIssue({
        code: 'custom',
        path: [at, 'from'],
        message: `must be below the ${above.from} of \`${above.key}\` above it`,
      });
  }
  const lowest = classes.at(-1);
  if (lowest !== undefined && lowest.from !== 0)
    context.addIssue({
      code: 'custom',
      path: [classes.length - 1, 'from'],
      message: 'the lowest tier begins at 0, so that every score has a tier',
    });
}
