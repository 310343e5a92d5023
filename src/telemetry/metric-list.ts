/** A metric as `docs/metrics.md` lists it. */
export type MetricSpec = {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
};

/** All there are, by name. A label never holds a record's id, a name of a person or a query. */
export const metricList = {
  assay_runs_total: {
    type: 'counter',
    labels: ['connection', 'outcome'],
    help: 'Runs that ended: done, done-with-rejections, checkpoint, paused, failed',
  },
  assay_run_duration_seconds: {
    type: 'histogram',
    labels: ['crm', 'outcome'],
    help: 'How long a run took; one that is cut into slices counts once a slice',
  },
  assay_rescorings_total: {
    type: 'counter',
    labels: ['connection'],
    help: 'Rescorings that webhooks asked for',
  },
  assay_rescored_customers_total: {
    type: 'counter',
    labels: ['connection'],
    help: 'Customers scored in them',
  },
  assay_rescoring_duration_seconds: {
    type: 'histogram',
    labels: ['crm'],
    help: 'How long a rescoring took, from reading the records to the receipts',
  },
  assay_webhook_lag_seconds: {
    type: 'histogram',
    labels: ['crm'],
    help: 'From the event, by the clock of the CRM, until it was looked at and written back; by record',
  },
  assay_calls_total: {
    type: 'counter',
    labels: ['crm', 'endpoint', 'status'],
    help: 'Attempts at calls of a CRM, by HTTP status; none: no answer came',
  },
  assay_call_duration_seconds: {
    type: 'histogram',
    labels: ['crm', 'endpoint'],
    help: 'From sending to the end of the answer; waiting for a rate limit is not in it',
  },
  assay_quota_used: {
    type: 'gauge',
    labels: ['connection', 'unit'],
    help: 'Used of our share of the quota, in calls or credits, as this process saw it in the last ten minutes',
  },
  assay_quota_left: {
    type: 'gauge',
    labels: ['connection', 'unit'],
    help: 'Left of our share; absent where the CRM states no quota',
  },
  assay_receipts_total: {
    type: 'counter',
    labels: ['connection', 'of', 'outcome'],
    help: 'Receipts, of fields or lists: applied, unchanged, rejected',
  },
  assay_lease_losses_total: {
    type: 'counter',
    labels: ['connection'],
    help: 'Times this process lost a connection to another at work',
  },
  assay_pauses_total: {
    type: 'counter',
    labels: ['connection', 'code'],
    help: 'Times a connection was paused until a person acts',
  },
  assay_given_up_total: {
    type: 'counter',
    labels: ['code'],
    help: 'Messages of the queue that this process gave up',
  },
  assay_webhooks_total: {
    type: 'counter',
    labels: ['connection', 'verdict'],
    help: 'Deliveries of webhooks: accepted, or the code of the refusal',
  },
  assay_webhook_hints_total: {
    type: 'counter',
    labels: ['connection', 'what'],
    help: 'Events in them: kept, dropped (our own writes, kinds that need no look), foreign (of no connection)',
  },
  assay_http_requests_total: {
    type: 'counter',
    labels: ['method', 'route', 'status'],
    help: 'Requests that were answered, by the pattern of their route',
  },
  assay_http_request_duration_seconds: {
    type: 'histogram',
    labels: ['route'],
    help: 'How long an answer took',
  },
  assay_queue_messages: {
    type: 'gauge',
    labels: [],
    help: 'Messages that wait in the work queue, delayed ones included; of all processes',
  },
  assay_queue_oldest_seconds: {
    type: 'gauge',
    labels: [],
    help: 'How long the oldest could have been worked on already; absent where none could, and on SQS',
  },
  assay_dead_letters: {
    type: 'gauge',
    labels: [],
    help: 'Messages that were given up and wait for a person; of all processes',
  },
  assay_inbox_hints: {
    type: 'gauge',
    labels: ['connection'],
    help: 'Hints of webhooks that wait in the inbox; of all processes',
  },
  assay_inbox_oldest_seconds: {
    type: 'gauge',
    labels: ['connection'],
    help: 'How long the oldest of them has waited',
  },
  assay_channel_lapses_seconds: {
    type: 'gauge',
    labels: ['connection'],
    help: 'Until the first subscription to webhooks lapses; negative when one has',
  },
  assay_connection_stopped: {
    type: 'gauge',
    labels: ['connection'],
    help: '1 while a person keeps the connection stopped, or a rollback does; absent of those that go',
  },
  assay_scrape_faults: {
    type: 'gauge',
    labels: ['part'],
    help: '1 while the store or the queue does not answer, so that its figures are missing',
  },
  process_resident_memory_bytes: {
    type: 'gauge',
    labels: [],
    help: 'Memory of this process',
  },
  process_cpu_seconds_total: {
    type: 'gauge',
    labels: [],
    help: 'Time on a processor of this process, of the user and the system',
  },
  process_start_time_seconds: {
    type: 'gauge',
    labels: [],
    help: 'When this process began, seconds since 1970',
  },
} as const satisfies Readonly<Record<string, MetricSpec>>;

export type MetricName = keyof typeof metricList;
export type NameOf<T extends MetricSpec['type']> = {
  [name in MetricName]: (typeof metricList)[name]['type'] extends T ? name : never;
}[MetricName];
