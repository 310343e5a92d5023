type WithId = { readonly id: string };

/** Compares by ids: whole numbers of up to 19 digits, too long for a number. */
export function idOrder(one: WithId, other: WithId): number {
  const [left, right] = [BigInt(one.id), BigInt(other.id)];
  return left < right ? -1 : left > right ? 1 : 0;
}
