/** That a record is on a list. */
interface Membership {
  readonly recordId: number;
  readonly joinedAt: number;
}

/** One page of a list's members, with the cursors to the pages around it. */
export interface MembershipPage {
  readonly members: readonly Membership[];
  readonly after?: string;
  readonly before?: string;
}

export type MembershipOrder = 'recordId' | 'joined';

/** Where a page begins: after or before a cursor that an earlier page gave out. */
export interface MembershipCursor {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** The members of one list. The map keeps them in the order in which they joined. */
export class Members {
  readonly #joined = new Map<number, number>();
  // Pages come in long rows between writes, so a sorted copy is kept until the next write.
  #sorted: readonly number[] | undefined;

  get size(): number {
    return this.#joined.size;
  }

  has(recordId: number): boolean {
    return this.#joined.has(recordId);
  }

  joinedAt(recordId: number): number | undefined {
    return this.#joined.get(recordId);
  }

  ids(): Iterable<number> {
    return this.#joined.keys();
  }

  /** False when the record was a member already. */
  add(recordId: number, now: number): boolean {
    if (this.#joined.has(recordId)) return false;
    this.#joined.set(recordId, now);
    this.#sorted = undefined;
    return true;
  }

  /** False when the record was no member. */
  remove(recordId: number): boolean {
    this.#sorted = undefined;
    return this.#joined.delete(recordId);
  }

  clear(): void {
    this.#joined.clear();
    this.#sorted = undefined;
  }

  /**
   * A page of members. By record id the cursor is an id, so that a scan survives writes between its
   * pages; by join time it is a position.
   */
  page(order: MembershipOrder, cursor: MembershipCursor, limit: number): MembershipPage {
    const ids = order === 'recordId' ? this.#byRecordId() : [...this.#joined.keys()];
    const { start, end } = range(ids, order, cursor, limit);
    const members = ids
      .slice(start, end)
      .map((recordId) => ({ recordId, joinedAt: this.#joined.get(recordId) ?? 0 }));
    const place = (index: number) => encode(order === 'recordId' ? (ids[index] ?? 0) : index);
    return {
      members,
      ...(end < ids.length && end > start ? { after: place(end - 1) } : {}),
      ...(start > 0 && end > start ? { before: place(start) } : {}),
    };
  }

  #byRecordId(): readonly number[] {
    this.#sorted ??= [...this.#joined.keys()].sort((a, b) => a - b);
    return this.#sorted;
  }
}

function range(
  ids: readonly number[],
  order: MembershipOrder,
  cursor: MembershipCursor,
  limit: number,
): { readonly start: number; readonly end: number } {
  if (cursor.before !== undefined) {
    const at = decode(cursor.before);
    const end = order === 'recordId' ? firstAtOrAbove(ids, at) : Math.min(at, ids.length);
    return { start: Math.max(0, end - limit), end };
  }
  const after = cursor.after === undefined ? -1 : decode(cursor.after);
  const start = order === 'recordId' ? firstAtOrAbove(ids, after + 1) : after + 1;
  return { start, end: Math.min(ids.length, start + limit) };
}

function firstAtOrAbove(sorted: readonly number[], id: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Opaque on purpose: a client that counts with a cursor instead of handing it back should fail here.
function encode(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

function decode(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64url').toString());
  return Number.isSafeInteger(place) ? place : -1;
}
