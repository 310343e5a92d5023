/** Arrays of a document that come a page at a time, by their key. */
export type Paged = Readonly<Record<string, AsyncIterable<readonly unknown[]>>>;

/** A document as JSON, piece by piece: what is at hand first, then each array as it is read. */
export async function* jsonPieces(head: object, arrays: Paged): AsyncGenerator<string> {
  const [first, ...others] = Object.entries(arrays);
  if (first === undefined) return yield `${JSON.stringify(head)}\n`;
  yield `${JSON.stringify(head).slice(0, -1)}${Object.keys(head).length === 0 ? '' : ','}`;
  yield* arrayPieces(first);
  for (const array of others) {
    yield ',';
    yield* arrayPieces(array);
  }
  yield '}\n';
}

async function* arrayPieces([key, pages]: readonly [
  string,
  AsyncIterable<readonly unknown[]>,
]): AsyncGenerator<string> {
  yield `${JSON.stringify(key)}:[`;
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${isFirst ? '' : ','}${page.map((each) => JSON.stringify(each)).join(',')}`;
    isFirst = false;
  }
  yield ']';
}
