type Halving<T, R> = {
  /** Sends a batch as one call; throws when it is refused as a whole. */
  readonly send: (batch: readonly T[]) => Promise<readonly R[]>;
  /** Whether the error may be the fault of some of the batch; any other is thrown on. */
  readonly isRefusal: (error: unknown) => boolean;
  /** What becomes of a batch that is refused and not halved any more. */
  readonly refused: (batch: readonly T[], error: unknown) => Promise<readonly R[]>;
  /** Batches up to this size are not halved. Default 1: until what is refused stands alone. */
  readonly least?: number;
};

/** Sends a batch; when it is refused, sends its halves, and so on. Results in the batch's order. */
export async function halve<T, R>(
  batch: readonly T[],
  halving: Halving<T, R>,
): Promise<readonly R[]> {
  if (batch.length === 0) return [];
  try {
    return await halving.send(batch);
  } catch (error) {
    if (!halving.isRefusal(error)) throw error;
    if (batch.length <= (halving.least ?? 1)) return await halving.refused(batch, error);
  }
  const middle = Math.ceil(batch.length / 2);
  const left = await halve(batch.slice(0, middle), halving);
  return [...left, ...(await halve(batch.slice(middle), halving))];
}
