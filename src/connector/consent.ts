import type { Subject } from '../domain/subject.ts';
import type { Secret } from '../lib/secret.ts';

/**
 * How a connection gets its refresh token from a person who agrees in the browser (the authorization
 * code grant of OAuth). The apps are confidential clients: the code is of use only with the client's
 * secret, and neither CRM documents PKCE for them (facts §5 and §3).
 *
 * `Input` is what a connector is opened with.
 */
export type ConsentFlow<Input> = {
  /**
   * Environment variables it needs: the app's id and secret.
   * @throws AssayError `SETTINGS_INVALID` where the settings name a token of another kind.
   */
  readonly secretNames: (settings: unknown) => readonly string[];
  /** The variable of a refresh token that the operator gives in place of consent; `null` for none. */
  readonly tokenName: (settings: unknown) => string | null;
  readonly scopes: (settings: unknown, subject: Subject) => readonly ConsentScope[];
  /** Whether a code may come without a browser's return, as a Zoho self client's does. */
  readonly bareCodes: boolean;
  /** The page on which a person agrees. */
  readonly authorizeUrl: (request: ConsentRequest) => string;
  /**
   * What the connection is to keep (`CredentialStore.save`), in return for the code. Keeps nothing.
   * @throws AssayError `CONSENT_REFUSED` (refuse to start) for a code that is spent, late or another's.
   */
  readonly exchange: (input: Input, grant: ConsentGrant, signal: AbortSignal) => Promise<Secret>;
};

/** One permission, in the CRM's own word. */
export type ConsentScope = {
  readonly scope: string;
  /** Of `assay`, or what of it: for example `pull`. */
  readonly verbs: readonly string[];
  readonly why: string;
  /** Default: no. Whoever agrees may do without it. */
  readonly isOptional?: boolean;
};

export type ConsentRequest = {
  /** As a connector is opened with them. */
  readonly settings: unknown;
  readonly subject: Subject;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Where the browser goes afterwards; one that the app is registered with. */
  readonly redirectUri: string;
  /** Comes back with the code, and proves that we asked. */
  readonly state: string;
};

export type ConsentGrant = {
  readonly code: Secret;
  /** As in the request; `null` for a code that was made without a browser's return. */
  readonly redirectUri: string | null;
  /** What else came back with the code. */
  readonly parameters: ReadonlyMap<string, string>;
};
