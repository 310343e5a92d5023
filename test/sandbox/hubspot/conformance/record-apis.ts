/** A record as the client shows it; only what the sandbox promises. */
export interface RecordView {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archived?: boolean;
  readonly archivedAt?: Date;
}

interface Page {
  readonly results: readonly RecordView[];
  readonly paging?: { readonly next?: { readonly after: string } };
}

/** A batch's answer. The extra fields come with 207 only. */
interface BatchAnswer {
  readonly status: string;
  readonly results: readonly (RecordView & { readonly _new?: boolean })[];
  readonly numErrors?: number;
  readonly errors?: readonly {
    readonly category: string;
    readonly context: Readonly<Record<string, readonly string[]>>;
  }[];
}

interface Write {
  properties: Record<string, string>;
  objectWriteTraceId?: string;
}

/** One condition of a search; the operator is one of thirteen words. */
export interface SearchFilter {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
  values?: string[];
}

/** What a search asks for. */
export interface Search {
  filterGroups?: { filters: SearchFilter[] }[];
  sorts?: string[];
  query?: string;
  properties?: string[];
  limit?: number;
  after?: string;
}

/**
 * What the client's contacts, companies and deals have in common. Its classes are generated once a
 * type; the compiler checks that each still fits, so one suite drives all three.
 */
export interface RecordApis {
  getAll(limit?: number, after?: string, properties?: string[]): Promise<readonly RecordView[]>;
  readonly basicApi: {
    create(input: Write): Promise<RecordView>;
    getById(
      id: string,
      properties?: string[],
      propertiesWithHistory?: string[],
      associations?: string[],
      archived?: boolean,
      idProperty?: string,
    ): Promise<RecordView>;
    getPage(
      limit?: number,
      after?: string,
      properties?: string[],
      propertiesWithHistory?: string[],
      associations?: string[],
      archived?: boolean,
    ): Promise<Page>;
    update(id: string, input: Write, idProperty?: string): Promise<RecordView>;
    archive(id: string): Promise<void>;
    merge(input: { primaryObjectId: string; objectIdToMerge: string }): Promise<RecordView>;
  };
  readonly batchApi: {
    create(batch: { inputs: Write[] }): Promise<BatchAnswer>;
    read(
      batch: {
        inputs: { id: string }[];
        properties: string[];
        propertiesWithHistory: string[];
        idProperty?: string;
      },
      archived?: boolean,
    ): Promise<BatchAnswer>;
    update(batch: { inputs: (Write & { id: string })[] }): Promise<BatchAnswer>;
    upsert(batch: {
      inputs: (Write & { id: string; idProperty?: string })[];
    }): Promise<BatchAnswer>;
    archive(batch: { inputs: { id: string }[] }): Promise<void>;
  };
  readonly searchApi: {
    doSearch(search: Search): Promise<Page & { readonly total: number }>;
  };
}
