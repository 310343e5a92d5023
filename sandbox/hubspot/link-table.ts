type Targets = number | number[] | undefined;

const NONE: readonly number[] = [];

/**
 * One direction of associations, by slot of the record they start at. Nearly all deals have one
 * contact, so a lone target is kept as a bare number and only several become an array: five million
 * deals cost 40 MB a direction. Targets are ascending, which is what paging by target id needs.
 */
export class LinkTable {
  readonly #bySlot: Targets[] = [];

  targets(slot: number): readonly number[] {
    const targets = this.#bySlot[slot];
    if (targets === undefined) return NONE;
    return typeof targets === 'number' ? [targets] : targets;
  }

  has(slot: number, target: number): boolean {
    const targets = this.#bySlot[slot];
    if (typeof targets === 'number' || targets === undefined) return targets === target;
    return targets[positionOf(targets, target)] === target;
  }

  /** Whether the link is new. */
  add(slot: number, target: number): boolean {
    if (this.has(slot, target)) return false;
    const targets = this.#bySlot[slot];
    if (targets === undefined) this.#set(slot, target);
    else if (typeof targets === 'number')
      this.#set(slot, targets < target ? [targets, target] : [target, targets]);
    else targets.splice(positionOf(targets, target), 0, target);
    return true;
  }

  /** Whether there was such a link. */
  remove(slot: number, target: number): boolean {
    if (!this.has(slot, target)) return false;
    const targets = this.#bySlot[slot];
    if (Array.isArray(targets) && targets.length > 1)
      targets.splice(positionOf(targets, target), 1);
    else this.#bySlot[slot] = undefined;
    return true;
  }

  // Filled without gaps: a hole far beyond the end would turn the array into a hash table.
  #set(slot: number, targets: Targets): void {
    while (this.#bySlot.length < slot) this.#bySlot.push(undefined);
    this.#bySlot[slot] = targets;
  }
}

/** Where `target` is or belongs in ascending `targets`. Loaders append, so the end is tried first. */
function positionOf(targets: readonly number[], target: number): number {
  if ((targets.at(-1) ?? 0) < target) return targets.length;
  let low = 0;
  let high = targets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((targets[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
