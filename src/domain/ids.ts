/** Name of a connection in `config/assay.yaml`, for example `main`. */
export type ConnectionId = string;

/** A record's id in its CRM. Always text: Zoho's have 19 digits, more than a double holds. */
export type RecordId = string;

/** Id of one run, unique in the store: letters and digits, lower case, sortable by start. */
export type RunId = string;

/** Id of a plan. One run makes at most one. */
export type PlanId = string;
