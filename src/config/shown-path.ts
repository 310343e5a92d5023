import { relative } from 'node:path';

/** A file as a person in `folder` would name it. */
export function shownPath(file: string, folder: string): string {
  const near = relative(folder, file);
  return near.startsWith('..') ? file : near;
}
