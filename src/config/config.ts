import type { AlertKind } from '../domain/alert.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { OverrideFields } from '../domain/override.ts';
import type { IdentityGroup } from '../domain/population.ts';
import type { ReviewSettings } from '../domain/review.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Attribution, Subject } from '../domain/subject.ts';
import type { WriteSettings } from '../domain/write-settings.ts';
import type { Secret } from '../lib/secret.ts';
import type { Language } from '../policy/language.ts';
import type { SecretSource } from './secrets.ts';

/** All that an operator decided, read and checked; files are absolute paths. */
export type Config = {
  readonly store: StoreConfig;
  readonly connections: readonly ConnectionConfig[];
  /** Whose customers are joined; a connection is in one group at most. Default: nobody's. */
  readonly identity?: readonly IdentityGroup[];
  /** Of the scoring policy. */
  readonly policyFile: string;
  /** Seals OAuth tokens in the store; `null`: they are not kept. */
  readonly secretKey: Secret | null;
  /** The one before, which only opens, while keys are changed. Default `null`. */
  readonly secretKeyOld?: Secret | null;
  readonly secrets: SecretSource;
  /** As the world calls us, without a slash at the end. Default `null`: nobody outside does. */
  readonly publicUrl?: string | null;
  /** Proxies in front whose word on a caller's address counts. Default 0. */
  readonly proxyHops?: number;
  /** How a holder works. */
  readonly work?: WorkConfig;
  /** How often the standard is looked at again. Default `null`: no review is ever due. */
  readonly review?: ReviewSettings | null;
  /** Who is told at once of what a person has to know. Default `null`: nobody. */
  readonly alerts?: AlertConfig | null;
  /** Where OpenTelemetry traces go. Default `null`: nowhere. */
  readonly traces?: TraceConfig | null;
  /** Whoever asks for `/metrics` must show it. Default `null`: nobody is asked. */
  readonly metricsToken?: Secret | null;
  /** The work queue on AWS. Default `null`: on the store's server, or in the process. */
  readonly sqs?: SqsConfig | null;
};

export type AlertConfig = {
  /** A webhook's; who knows it may write there. */
  readonly url: Secret;
  readonly kinds: readonly AlertKind[];
  /** Where the runbook can be read. */
  readonly runbook: string;
};

/** As the variables `OTEL_…` say, which all of OpenTelemetry reads. */
export type TraceConfig = {
  /** With its path. */
  readonly url: string;
  readonly headers: ReadonlyMap<string, Secret>;
  readonly serviceName: string;
};

/** Two FIFO queues; the second takes what is dead. */
export type SqsConfig = { readonly queueUrl: string; readonly deadLetterUrl: string };

/** Milliseconds: see `webhooks-schema.ts`. `sliceMs`: work goes on in a new message after so long. */
export type WorkConfig = {
  readonly debounceMs: number;
  readonly maxWaitMs: number;
  readonly restMs: number;
  readonly sliceMs: number;
};

/** A folder of our own, or a Postgres server whose address holds a password. */
export type StoreConfig =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'server'; readonly url: Secret };

/** One entry of `connections:`. */
export type ConnectionConfig = {
  readonly id: ConnectionId;
  readonly crm: string;
  readonly subject: Subject;
  readonly attribution: Attribution;
  readonly language: Language;
  /** Default: `defaultSchedule`. */
  readonly schedule?: Schedule;
  /** Default: `defaultWrites`. */
  readonly writes?: WriteSettings;
  /** Mapped attributes that hold classes which people gave, by family. Default: none. */
  readonly overrides?: OverrideFields;
  /** As written; parsed by the CRM's connector. */
  readonly settings: Readonly<Record<string, unknown>>;
};
