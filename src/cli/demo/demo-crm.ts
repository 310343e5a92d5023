/** One CRM of the demo: its sandbox with the real orders in it. */
export type DemoCrm = {
  /** As in `crm:` of the configuration; also the demo's name for the connection. */
  readonly crm: string;
  /** As people write it. */
  readonly title: string;
  /** The connection's settings, and the secrets behind the names in them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly url: string;
  /** What a person puts into a client of their own. */
  readonly token: string;
  readonly contacts: number;
  readonly deals: number;
  /** What it has been asked so far, by its own count. */
  readonly calls: () => DemoCalls;
  /** How many calls each of its limits refused. */
  readonly refusals: () => Readonly<Record<string, number>>;
  /** The least that reading everything and writing so many changes takes, by the CRM's figures. */
  readonly floor: (changes: number) => DemoFloor;
  readonly close: () => Promise<void>;
};

export type DemoCalls = {
  readonly read: number;
  readonly write: number;
  readonly total: number;
  /** Only where the CRM counts them. */
  readonly credits?: number;
  /** Calls it refused with 429. */
  readonly tooMany: number;
};

export type DemoFloor = { readonly floorCalls: number } | { readonly floorCredits: number };

/** What was asked between two counts. */
export function callsBetween(before: DemoCalls, after: DemoCalls): DemoCalls {
  const { credits } = after;
  return {
    read: after.read - before.read,
    write: after.write - before.write,
    total: after.total - before.total,
    ...(credits === undefined ? {} : { credits: credits - (before.credits ?? 0) }),
    tooMany: after.tooMany - before.tooMany,
  };
}
