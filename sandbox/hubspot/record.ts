/**
 * The values a user or an app has written. A cleared value is absent. System values (ids, dates,
 * calculated ones) are not kept here: they are derived on read, which saves a third of the memory.
 */
export type Properties = Readonly<Record<string, string>>;

/** One record as the store holds it. Times are epoch milliseconds; ids are numbers inside only. */
export interface StoredRecord {
  readonly id: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly properties: Properties;
}

/** What bulk loading takes: no validation, no events. An `id`, when given, must be above all before. */
export interface LoadedRecord {
  readonly id?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly properties: Properties;
}
