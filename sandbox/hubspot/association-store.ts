import { type AssociationType, AssociationTypes } from './association-types.ts';
import { LinkTable } from './link-table.ts';
import type { ObjectStore } from './object-store.ts';
import { OBJECT_TYPES, type ObjectType } from './object-types.ts';

/** A record, named from anywhere in the portal. */
export interface RecordRef {
  readonly type: ObjectType;
  readonly id: number;
}

/**
 * Which records are linked, and by which types. A linked pair always has the plain type (HubSpot
 * adds it beside a label); labels are rare and kept apart. Both directions are kept.
 */
export class AssociationStore {
  readonly types = new AssociationTypes();
  readonly #objects: Readonly<Record<ObjectType, ObjectStore>>;
  readonly #tables = new Map<string, LinkTable>();
  readonly #labels = new Map<string, readonly number[]>();
  #revision = 0;

  constructor(objects: Readonly<Record<ObjectType, ObjectStore>>) {
    this.#objects = objects;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** Links many pairs of record ids without labels, checks or events, as bulk loaders need it. */
  load(from: ObjectType, to: ObjectType, pairs: Iterable<readonly [number, number]>): void {
    for (const [fromId, toId] of pairs)
      this.link({ type: from, id: fromId }, { type: to, id: toId });
  }

  /** Ids of live records of type `to`, ascending. An archived record has none while archived. */
  targets(from: RecordRef, to: ObjectType): readonly number[] {
    const slot = this.#objects[from.type].slotOf(from.id);
    if (slot === undefined || !this.#objects[from.type].isLive(slot)) return [];
    return this.#table(from.type, to)
      .targets(slot)
      .filter((id) => this.#isLive(to, id));
  }

  /** The types of one link, plain first; none when the records are not linked. */
  typesOf(from: RecordRef, to: RecordRef): readonly AssociationType[] {
    const plain = this.types.plain(from.type, to.type);
    if (plain === undefined || !this.#has(from, to)) return [];
    const labels = this.#labels.get(labelKey(from, to)) ?? [];
    const known = labels.map((id) => this.types.get(id)).filter((type) => type !== undefined);
    return [plain, ...known];
  }

  /** Whether the pair was not linked before. */
  link(from: RecordRef, to: RecordRef): boolean {
    const fromSlot = this.#objects[from.type].slotOf(from.id);
    const toSlot = this.#objects[to.type].slotOf(to.id);
    if (fromSlot === undefined || toSlot === undefined) return false;
    this.#revision += 1;
    this.#table(to.type, from.type).add(toSlot, from.id);
    return this.#table(from.type, to.type).add(fromSlot, to.id);
  }

  /** Adds a label to a link, in both directions; whether it was not there before. */
  addLabel(from: RecordRef, to: RecordRef, type: AssociationType): boolean {
    const labels = this.#labels.get(labelKey(from, to)) ?? [];
    if (labels.includes(type.typeId)) return false;
    this.#revision += 1;
    const inverse = this.#labels.get(labelKey(to, from)) ?? [];
    this.#labels.set(labelKey(from, to), [...labels, type.typeId]);
    this.#labels.set(labelKey(to, from), [...inverse, type.inverseTypeId]);
    return true;
  }

  /** Takes a label off a link, in both directions; whether it was there. */
  removeLabel(from: RecordRef, to: RecordRef, type: AssociationType): boolean {
    const labels = this.#labels.get(labelKey(from, to)) ?? [];
    if (!labels.includes(type.typeId)) return false;
    this.#revision += 1;
    this.#setLabels(from, to, without(labels, type.typeId));
    const inverse = this.#labels.get(labelKey(to, from)) ?? [];
    this.#setLabels(to, from, without(inverse, type.inverseTypeId));
    return true;
  }

  /** Ends a link with all its labels; whether there was one. */
  unlink(from: RecordRef, to: RecordRef): boolean {
    if (!this.#has(from, to)) return false;
    this.#revision += 1;
    this.#removeOneWay(from, to);
    this.#removeOneWay(to, from);
    return true;
  }

  /** Gives every link and label of one record to another, and takes them from the first. */
  move(from: RecordRef, into: RecordRef): void {
    for (const target of this.#everyTarget(from)) {
      const labels = this.typesOf(from, target).filter(({ label }) => label !== null);
      this.unlink(from, target);
      this.link(into, target);
      for (const label of labels) this.addLabel(into, target, label);
    }
  }

  /** Ends every link of one record. */
  clear(from: RecordRef): void {
    for (const target of this.#everyTarget(from)) this.unlink(from, target);
  }

  #everyTarget(from: RecordRef): readonly RecordRef[] {
    const slot = this.#objects[from.type].slotOf(from.id);
    if (slot === undefined) return [];
    return OBJECT_TYPES.flatMap((type) =>
      this.#table(from.type, type)
        .targets(slot)
        .map((id) => ({ type, id })),
    );
  }

  #has(from: RecordRef, to: RecordRef): boolean {
    const slot = this.#objects[from.type].slotOf(from.id);
    return slot !== undefined && this.#table(from.type, to.type).has(slot, to.id);
  }

  #isLive(type: ObjectType, id: number): boolean {
    const slot = this.#objects[type].slotOf(id);
    return slot !== undefined && this.#objects[type].isLive(slot);
  }

  #removeOneWay(from: RecordRef, to: RecordRef): void {
    const slot = this.#objects[from.type].slotOf(from.id);
    if (slot !== undefined) this.#table(from.type, to.type).remove(slot, to.id);
    this.#labels.delete(labelKey(from, to));
  }

  #setLabels(from: RecordRef, to: RecordRef, labels: readonly number[]): void {
    if (labels.length === 0) this.#labels.delete(labelKey(from, to));
    else this.#labels.set(labelKey(from, to), labels);
  }

  #table(from: ObjectType, to: ObjectType): LinkTable {
    const key = `${from}>${to}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table = new LinkTable();
    this.#tables.set(key, table);
    return table;
  }
}

function labelKey(from: RecordRef, to: RecordRef): string {
  return `${from.type}:${from.id}>${to.type}:${to.id}`;
}

function without(ids: readonly number[], removed: number): readonly number[] {
  return ids.filter((id) => id !== removed);
}
