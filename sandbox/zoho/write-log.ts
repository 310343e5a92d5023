/** One write call, as far as automations are concerned. */
export interface LoggedWrite {
  /** Api name of the module written to. */
  readonly module: string;
  /** Which of the write endpoints, such as `update`, `mass_update` or `bulk_write`. */
  readonly endpoint: string;
  /** Of the records that were written, refused ones left out. */
  readonly ids: readonly string[];
  /** `[]`: none ran; `null`: left out of the request, so everything ran (facts §5.1). */
  readonly trigger: readonly string[] | null;
  /** Names in `skip_feature_execution`; separate from `trigger`. */
  readonly skip: readonly string[];
  /** Of `add_tags`: whether people's own tags were wiped (facts §6). */
  readonly overWrite?: boolean;
  /** Names in `apply_feature_execution`. */
  readonly apply?: readonly string[];
}

/** Every write call since the start or the last reset, oldest first. */
export class WriteLog {
  #writes: LoggedWrite[] = [];

  record(write: LoggedWrite): void {
    this.#writes.push(write);
  }

  all(): readonly LoggedWrite[] {
    return this.#writes;
  }

  reset(): void {
    this.#writes = [];
  }
}
