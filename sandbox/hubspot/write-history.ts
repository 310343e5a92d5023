import type { Properties } from './record.ts';

/** How many writes of one record are remembered; HubSpot keeps 20 to 45 versions of a value. */
const DEPTH = 20;

interface Write {
  readonly at: number;
  readonly appId: string;
  /** The record's properties up to this write. */
  readonly before: Properties;
}

/** One version of one property, as `propertiesWithHistory` shows it, newest first. */
export interface PropertyVersion {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
}

interface Current {
  readonly createdAt: number;
  readonly properties: Properties;
}

/**
 * Past versions of records. A write keeps a reference to the properties it replaced, and versions
 * of a property are found by comparing neighbours when someone asks: nothing is copied on a write.
 */
export class WriteHistory {
  readonly #writes = new Map<number, Write[]>();

  note(slot: number, at: number, appId: string, before: Properties): void {
    const writes = this.#writes.get(slot) ?? [];
    writes.push({ at, appId, before });
    if (writes.length > DEPTH) writes.shift();
    this.#writes.set(slot, writes);
  }

  forget(slot: number): void {
    this.#writes.delete(slot);
  }

  versions(slot: number, current: Current, name: string): readonly PropertyVersion[] {
    const versions: PropertyVersion[] = [];
    let value = current.properties[name] ?? '';
    for (const { at, appId, before } of (this.#writes.get(slot) ?? []).toReversed()) {
      const older = before[name] ?? '';
      if (older === value) continue;
      versions.push({ value, timestamp: iso(at), sourceType: 'INTEGRATION', sourceId: appId });
      value = older;
    }
    if (value === '') return versions;
    // The first known value came with the record: by import, or by the app that created it.
    return [...versions, { value, timestamp: iso(current.createdAt), sourceType: 'IMPORT' }];
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
