/** What is told of a span; no personal data, no secret. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | null>>;

/** A stretch of time that has ended. */
export type EndedSpan = {
  readonly name: string;
  readonly facts: SpanFacts;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly ms: number;
  readonly isError: boolean;
};

/** Says where time goes. Must not throw, and nobody waits for where it is sent. */
export type Tracer = {
  /** Around `work`; what happens within, however deep, is its child. */
  readonly span: <T>(name: string, facts: SpanFacts, work: () => Promise<T>) => Promise<T>;
  /** A child of whatever runs now. */
  readonly ended: (span: EndedSpan) => void;
};

export const noTracer: Tracer = {
  span: (_name, _facts, work) => work(),
  ended: () => undefined,
};
