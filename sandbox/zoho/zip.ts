import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** A file inside a zip. */
export interface ZippedText {
  readonly name: string;
  readonly text: string;
}

/** A zip with one file. Fast rather than small: it goes no further than this machine. */
export function zipText({ name, text }: ZippedText): Buffer {
  return Buffer.from(zipSync({ [name]: strToU8(text) }, { level: 1 }));
}

/** The files of a zip; `undefined` for what is none, or was cut short. */
export function unzipTexts(bytes: Uint8Array): readonly ZippedText[] | undefined {
  try {
    return Object.entries(unzipSync(bytes)).map(([name, content]) => ({
      name,
      text: strFromU8(content),
    }));
  } catch {
    return undefined;
  }
}
