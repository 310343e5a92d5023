import type { z } from 'zod';
import type { Pool } from './rates.ts';

/** One call of Zoho's API. */
export type ZohoCall<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For example `/crm/v8/Contacts`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is `FormData` or `URLSearchParams`. */
  readonly body?: unknown;
  /** The answer's form; `undefined` goes in for an answer without a body (204, 304). */
  readonly answer: z.ZodType<T>;
  readonly effect: 'read' | 'write';
  readonly credits: number;
  readonly pool: Pool;
  /** Default true. False: a second one would do it twice, such as creating. */
  readonly repeatable?: boolean;
  /** Default `api`. `accounts` is only the token endpoint: no token is sent there. */
  readonly host?: 'api' | 'content' | 'accounts';
  /** In place of the host's: where Zoho said that a file lies. Must be one of Zoho's. */
  readonly origin?: string;
  /** Default `json`. `bytes`: the answer is a `Uint8Array`. */
  readonly as?: 'json' | 'bytes';
  /** A body with `data[]`, `fields[]` or `tags[]` is an answer whatever its status up to 400. */
  readonly perRecord?: boolean;
  readonly priority?: number;
  /** The result of a bulk job: ten a minute (facts §1). */
  readonly isDownload?: boolean;
};
