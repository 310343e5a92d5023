import { Unzip, UnzipInflate } from 'fflate';
import { storableText } from '../../src/connector/http/storable-text.ts';
import { CsvReader } from '../../src/lib/csv.ts';
import type { FlatRecord } from './flat-record.ts';

/** Compressed bytes that are unpacked at once. */
const pieceSize = 65_536;
/** Unpacked bytes that the reader is given at once; it has room for two megabytes. */
const sliceSize = 1_048_576;
/** Begins the last entry of a zip; a file without it was cut short. */
const endMark = [0x50, 0x4b, 0x05, 0x06];
/** The last entry has 22 bytes and perhaps a comment. */
const endWithin = 22 + 65_535;

/** The file is no whole zip with a CSV in it. */
export class BrokenZip extends Error {
  override readonly name = 'BrokenZip';
}

/**
 * The records of a bulk read's result: a zip with one CSV, API names in its first line (facts §4.3).
 * Unpacked as it is read, so that only the zip stays in memory.
 * @throws BrokenZip when it was cut short.
 */
export function* zipRows(zip: Uint8Array): Generator<FlatRecord, void, undefined> {
  if (!isWhole(zip)) throw new BrokenZip('the zip has no end');
  const reader = new CsvReader();
  let columns: readonly string[] | null = null;
  for (const piece of unpacked(zip)) {
    reader.space().set(piece);
    reader.filled(piece.length);
    while (reader.next()) {
      if (columns === null) columns = headerOf(reader);
      else yield rowOf(reader, columns);
    }
  }
}

function isWhole(zip: Uint8Array): boolean {
  const from = Math.max(0, zip.length - endWithin);
  for (let at = zip.length - 22; at >= from; at -= 1)
    if (endMark.every((byte, offset) => zip[at + offset] === byte)) return true;
  return false;
}

/** The unpacked bytes, and an empty piece at the end. */
function* unpacked(zip: Uint8Array): Generator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = [];
  const unzip = new Unzip((file) => {
    file.ondata = (error, data) => {
      if (error !== null) throw new BrokenZip(error.message, { cause: error });
      pieces.push(...sliced(data));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < zip.length; at += pieceSize) {
    push(unzip, zip.subarray(at, at + pieceSize), at + pieceSize >= zip.length);
    yield* pieces.splice(0);
  }
  yield new Uint8Array();
}

function push(unzip: Unzip, piece: Uint8Array, isLast: boolean): void {
  try {
    unzip.push(piece, isLast);
  } catch (cause) {
    throw new BrokenZip(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** No more at once than the reader has room for. An empty piece would end the text. */
function* sliced(data: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < data.length; at += sliceSize) yield data.subarray(at, at + sliceSize);
}

function headerOf(reader: CsvReader): readonly string[] {
  const names = cells(reader).map((name) => name ?? '');
  return names.map((name) => (name.toLowerCase() === 'id' ? 'id' : name));
}

function rowOf(reader: CsvReader, columns: readonly string[]): FlatRecord {
  const values: Record<string, string | null> = {};
  const found = cells(reader);
  for (const [at, name] of columns.entries()) values[name] = found[at] ?? null;
  const { id = null } = values;
  if (id === null || !/^\d+$/.test(id)) throw new BrokenZip('a row of the CSV has no id');
  return { id, values };
}

/** Read straight from the bytes: a decoder for each of millions of cells would cost seconds. */
function cells({ bytes, from, to, fields }: CsvReader): readonly (string | null)[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: fields }, (_, field) => {
    const [start = 0, end = 0] = [from[field], to[field]];
    return start === end ? null : storableText(buffer.toString('utf8', start, end));
  });
}
