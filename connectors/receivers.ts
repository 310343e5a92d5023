import type { WebhookReceiver } from '../src/connector/webhooks.ts';
import { webhooks as hubspot } from './hubspot/webhook.ts';
import { webhooks as zoho } from './zoho/webhook.ts';

/**
 * How the webhooks of each CRM are read, by the names of `registry.ts` and without its connectors, which
 * a function that only takes webhooks would load in vain. `null`: the CRM sends none.
 */
export const receivers: ReadonlyMap<string, WebhookReceiver | null> = new Map([
  ['hubspot', hubspot],
  ['zoho', zoho],
]);
