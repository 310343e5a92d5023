import type { Properties } from './record.ts';

/**
 * Which slot holds a unique value (e-mail, or a property defined with `hasUniqueValue`). Built when
 * first asked for, so that a bulk load of a million records pays nothing, and kept up from then on.
 */
export class UniqueIndex {
  readonly #byName = new Map<string, Map<string, number>>();

  find(name: string, value: string, everyLive: () => Iterable<readonly [number, Properties]>) {
    const known = this.#byName.get(name) ?? this.#build(name, everyLive());
    return known.get(normal(value));
  }

  add(slot: number, properties: Properties): void {
    for (const [name, slots] of this.#byName)
      for (const key of keysOf(name, properties)) slots.set(key, slot);
  }

  remove(slot: number, properties: Properties): void {
    for (const [name, slots] of this.#byName)
      for (const key of keysOf(name, properties)) if (slots.get(key) === slot) slots.delete(key);
  }

  #build(name: string, records: Iterable<readonly [number, Properties]>): Map<string, number> {
    const slots = new Map<string, number>();
    for (const [slot, properties] of records)
      for (const key of keysOf(name, properties)) slots.set(key, slot);
    this.#byName.set(name, slots);
    return slots;
  }
}

/** A contact answers to its secondary addresses too; that is how a merged one stays findable. */
function keysOf(name: string, properties: Properties): readonly string[] {
  const value = properties[name];
  const others = name === 'email' ? (properties['hs_additional_emails']?.split(';') ?? []) : [];
  return [value ?? '', ...others].filter((key) => key !== '').map(normal);
}

function normal(value: string): string {
  return value.trim().toLowerCase();
}
