/** More may be written; or nothing drains any more, for the reader has gone. */
type Freed = (typeof freed)[number];
const freed = ['drain', 'close'] as const;

/** A stream of a process, or what a test puts in its place. */
export type Output = {
  /** `false`: what was written waits; more of it should follow `drain` only. */
  readonly write: (text: string) => unknown;
  readonly on?: (event: Freed, listener: () => void) => unknown;
  readonly off?: (event: Freed, listener: () => void) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** Moves a cursor, rings, or hides what follows: all control characters but line end and tab. */
const controls = /(?![\n\t])\p{Cc}/gu;

/** A record's name, or what somebody typed, is shown and not done. */
function harmless(text: string): string {
  return text.replaceAll(controls, '\ufffd');
}

/**
 * Where a command speaks. Results go to stdout: under `--json` that is one document and nothing
 * else. All the rest goes to stderr, around a status line that a terminal keeps at the bottom.
 */
export class Screen {
  readonly #out: Output;
  readonly #error: Output;
  readonly isJson: boolean;
  #status = '';

  constructor(out: Output, error: Output, isJson: boolean) {
    this.#out = out;
    this.#error = error;
    this.isJson = isJson;
  }

  /** Whether somebody watches stderr. */
  get isWatched(): boolean {
    return this.#error.isTTY === true;
  }

  get columns(): number {
    const { columns = 0 } = this.#error;
    return columns > 0 ? columns : 80;
  }

  /** A command's result: the text for a person, or the document under `--json`. */
  result(document: unknown, text: () => string): void {
    this.print(this.isJson ? JSON.stringify(document) : text());
  }

  /** A result in words of its own. */
  print(text: string): void {
    this.#withoutStatus(() => this.#out.write(`${harmless(text)}\n`));
  }

  /** A result that is too long to be held at once, piece by piece as fast as it is read. */
  async stream(pieces: AsyncIterable<string>): Promise<void> {
    this.status('');
    for await (const piece of pieces) if (this.#out.write(piece) === false) await this.#drained();
  }

  /** A part of a result that is told as it comes; beside the document under `--json`. */
  tell(text: string): void {
    if (this.isJson) this.say(text);
    else this.print(text);
  }

  /** Words beside the result: headings, hints, what is being done. */
  say(text: string): void {
    this.#withoutStatus(() => this.#error.write(`${harmless(text)}\n`));
  }

  /** Text that ends in a newline already, for example a log's line. */
  write(text: string): void {
    this.#withoutStatus(() => this.#error.write(text));
  }

  /** Replaces the status line; empty for none. Shown on a terminal only. */
  status(line: string): void {
    if (!this.isWatched || line === this.#status) return;
    this.#error.write(`\r\u001b[2K${line}`);
    this.#status = line;
  }

  async #drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#out.on === undefined) return;
    for (const event of freed) this.#out.on(event, resolve);
    await promise;
    for (const event of freed) this.#out.off?.(event, resolve);
  }

  #withoutStatus(print: () => void): void {
    const line = this.#status;
    this.status('');
    print();
    this.status(line);
  }
}
