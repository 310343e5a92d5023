import type { YamlLines } from './yaml-lines.ts';

/** Where something was written: the file as it is shown, and the place of each of its parts. */
export type Written = { readonly file: string; readonly placeOf: YamlLines['placeOf'] };

/** By the very object that was read: who copies it has one that was written nowhere. */
const known = new WeakMap<object, Written>();

/** Remembers where a part of a file stands, for whoever checks it later than the file. */
export function noteWritten(part: object, at: Written): void {
  known.set(part, at);
}

/** `null`: it comes from no file. */
export function writtenAt(part: unknown): Written | null {
  return typeof part === 'object' && part !== null ? (known.get(part) ?? null) : null;
}
