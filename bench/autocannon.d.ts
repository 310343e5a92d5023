/** As much of autocannon 9 as we use: it brings no types. */
declare module 'autocannon' {
  type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
  type Options = {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly method: string;
    readonly requests: readonly { readonly setupRequest: (request: Sent) => Sent }[];
  };
  type Histogram = {
    readonly average: number;
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
  };
  type Result = {
    readonly latency: Histogram;
    readonly requests: Histogram;
    readonly '2xx': number;
    readonly non2xx: number;
    readonly errors: number;
  };
  const autocannon: (options: Options) => Promise<Result>;
  export = autocannon;
}
