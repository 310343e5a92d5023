/** An answer as it goes over the wire, whatever HTTP thinks of it. */
export type RawAnswer = {
  readonly bytes: Buffer;
  /** `hang`: nothing more comes, and the line stays open. `drip`: a byte now and then, without end. */
  readonly after: 'end' | 'reset' | 'hang' | 'drip';
};

/** An answer as it was heard. */
export type Heard = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
};

const framed: ReadonlySet<string> = new Set([
  ...['content-length', 'transfer-encoding', 'connection', 'keep-alive'],
]);

/** `framing` are the header lines that say how long the body is, true or not. */
export function rendered(
  { status, headers, body }: Heard,
  framing: readonly string[] = [`content-length: ${body.length}`],
): Buffer {
  const lines = [
    `HTTP/1.1 ${status} Said`,
    ...headers
      .filter(([name]) => !framed.has(name.toLowerCase()))
      .map(([name, value]) => `${name}: ${value}`),
    ...framing,
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** With these headers in place of those of the same names. */
export function withHeaders(heard: Heard, headers: Readonly<Record<string, string>>): Heard {
  const others = heard.headers.filter(([name]) => !(name.toLowerCase() in headers));
  return { ...heard, headers: [...others, ...Object.entries(headers)] };
}
