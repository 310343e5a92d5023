/** Which test file drives a class of the client, which of its methods, and which are left out. */
export interface ApiCoverage {
  /** The file beside this one, without `.test.ts`; none when nothing is driven. */
  readonly file?: string;
  readonly driven: readonly string[];
  /** Methods whose endpoint the sandbox does not have, each with the reason. */
  readonly notInSandbox?: Readonly<Record<string, string>>;
}

const RECORDS = ['archive', 'create', 'getById', 'getPage', 'merge', 'update'] as const;
const BATCHES = ['archive', 'create', 'read', 'update', 'upsert'] as const;
const NAMED = ['archive', 'create', 'getAll', 'getByName', 'update'] as const;
const WEBHOOKS = 'only legacy public apps have it; a sandbox is told its subscriptions by option';
const STAGED = ['archive', 'create', 'getAll', 'getById', 'replace', 'update'] as const;

/**
 * Every API class of `@hubspot/api-client` 14 whose endpoints the sandbox has, by its path in the
 * client. `coverage.test.ts` holds this table equal to the client; each file proves at its end that
 * it called what the table says.
 */
export const COVERED_APIS: Readonly<Record<string, ApiCoverage>> = {
  'crm.contacts': { file: 'records', driven: ['getAll'] },
  'crm.contacts.basicApi': { file: 'records', driven: [...RECORDS, 'purge'] },
  'crm.contacts.batchApi': { file: 'batches', driven: BATCHES },
  'crm.contacts.searchApi': { file: 'search', driven: ['doSearch'] },
  'crm.companies': { file: 'records', driven: ['getAll'] },
  'crm.companies.basicApi': { file: 'records', driven: RECORDS },
  'crm.companies.batchApi': { file: 'batches', driven: BATCHES },
  'crm.companies.searchApi': { file: 'search', driven: ['doSearch'] },
  'crm.deals': { file: 'records', driven: ['getAll'] },
  'crm.deals.basicApi': { file: 'records', driven: RECORDS },
  'crm.deals.batchApi': { file: 'batches', driven: BATCHES },
  'crm.deals.searchApi': { file: 'search', driven: ['doSearch'] },
  'crm.objects.basicApi': {
    file: 'objects',
    driven: ['archive', 'create', 'getById', 'getPage', 'update'],
  },
  'crm.objects.batchApi': { file: 'objects', driven: BATCHES },
  'crm.objects.searchApi': { file: 'objects', driven: ['doSearch'] },
  'crm.associations.v4.basicApi': {
    file: 'associations',
    driven: ['archive', 'create', 'createDefault', 'getPage'],
  },
  'crm.associations.v4.batchApi': {
    file: 'associations',
    driven: ['archive', 'archiveLabels', 'create', 'createDefault', 'getPage'],
  },
  'crm.associations.v4.reportApi': {
    driven: [],
    notInSandbox: { request: 'it mails a report to a person' },
  },
  'crm.associations.v4.schema.definitionsApi': {
    file: 'associations',
    driven: ['create', 'getAll', 'remove', 'update'],
  },
  'crm.associations.batchApi': {
    driven: [],
    notInSandbox: {
      archive: 'v3 associations were replaced by v4, which the sandbox has',
      create: 'v3 associations were replaced by v4, which the sandbox has',
      read: 'v3 associations were replaced by v4, which the sandbox has',
    },
  },
  'crm.associations.schema.typesApi': {
    driven: [],
    notInSandbox: { getAll: 'v3 associations were replaced by v4, which the sandbox has' },
  },
  'crm.properties.coreApi': { file: 'properties', driven: NAMED },
  'crm.properties.batchApi': { file: 'properties', driven: ['archive', 'create', 'read'] },
  'crm.properties.groupsApi': { file: 'properties', driven: NAMED },
  'crm.lists.listsApi': {
    file: 'lists',
    driven: [
      ...['cancelConversion', 'create', 'doSearch', 'getAll', 'getById', 'getByName'],
      ...['getConversionDetails', 'remove', 'restore', 'scheduleOrUpdateConversion'],
      ...['updateListFilters', 'updateName'],
    ],
  },
  'crm.lists.membershipsApi': {
    file: 'list-memberships',
    driven: [
      ...['add', 'addAllFromList', 'addAndRemove', 'getLists', 'getPage'],
      ...['getPageOrderedByAddedToListDate', 'remove', 'removeAll'],
    ],
  },
  'crm.lists.foldersApi': {
    file: 'list-folders',
    driven: ['create', 'getAll', 'move', 'moveList', 'remove', 'rename'],
  },
  'crm.lists.mappingApi': {
    file: 'list-folders',
    driven: ['translateLegacyListIdToListId', 'translateLegacyListIdToListIdBatch'],
  },
  'crm.owners.ownersApi': { file: 'pipelines-owners', driven: ['getById', 'getPage'] },
  'crm.pipelines.pipelinesApi': { file: 'pipelines-owners', driven: STAGED },
  'crm.pipelines.pipelineStagesApi': { file: 'pipelines-owners', driven: STAGED },
  'crm.pipelines.pipelineAuditsApi': { file: 'pipelines-owners', driven: ['getAudit'] },
  'crm.pipelines.pipelineStageAuditsApi': { file: 'pipelines-owners', driven: ['getAudit'] },
  'oauth.tokensApi': { file: 'oauth', driven: ['create'] },
  'oauth.accessTokensApi': { file: 'oauth', driven: ['get'] },
  'oauth.refreshTokensApi': { file: 'oauth', driven: ['archive', 'get'] },
  'webhooks.settingsApi': {
    driven: [],
    notInSandbox: { clear: WEBHOOKS, configure: WEBHOOKS, getAll: WEBHOOKS },
  },
  'webhooks.subscriptionsApi': {
    driven: [],
    notInSandbox: {
      ...{ archive: WEBHOOKS, create: WEBHOOKS, getAll: WEBHOOKS },
      ...{ getById: WEBHOOKS, update: WEBHOOKS, updateBatch: WEBHOOKS },
    },
  },
};

/** Whole parts of the client that the sandbox leaves out, each with the reason. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  'crm.commerce': 'invoices and payments of HubSpot Commerce are not read',
  'crm.exports': 'export jobs come with the second route of the full load',
  'crm.extensions': 'cards and calls are screens, not data',
  'crm.imports': 'import jobs come with the second route of the full load',
  'crm.lineItems': 'scores come from deals, not from their lines',
  'crm.products': 'scores come from deals, not from their lines',
  'crm.quotes': 'a quote is not yet an order',
  'crm.schemas': 'no custom objects are scored',
  'crm.tickets': 'service tickets are not scored',
  'crm.timeline': 'the app adds no timeline events',
};
