import type { Capabilities } from '../../src/connector/capabilities.ts';
import type { Connector, ConnectorModule, OpenInput } from '../../src/connector/connector.ts';
import { openPortal } from './account.ts';
import { applyBatch } from './apply.ts';
import { consent } from './consent.ts';
import { doctor } from './doctor.ts';
import { applyMemberships, readLists, readMembers } from './memberships.ts';
import { openSession } from './open-session.ts';
import { provisionFields } from './provision-fields.ts';
import { provisionLists } from './provision-lists.ts';
import { planPull, pullPage } from './pull.ts';
import { batchSize } from './read-batch.ts';
import { readHeld } from './read-held.ts';
import { readRecords } from './read-records.ts';
import { parseHubSpotSettings, secretNames } from './settings.ts';
import { unprovision } from './unprovision.ts';
import { webhooks } from './webhook.ts';

const capabilities: Capabilities = {
  membershipsPerCall: 10_000,
  membershipCallSpends: 1,
  staticLists: true,
  dynamicLists: true,
  marksOwnWrites: true,
  tracesMerges: true,
};

/** HubSpot, by its dated API. */
export const hubspot: ConnectorModule = {
  crm: 'hubspot',
  secretNames: (settings) => secretNames(parseHubSpotSettings(settings)),
  webhooks,
  consent,
  open,
};

function open(input: OpenInput): Connector {
  const session = openSession(input);
  const portal = openPortal(session);
  const context = { session, portal };
  const { client, settings, daily, rates } = session;
  // The first answer tells the limits and the account's day: no verb works without them.
  const ready = async (signal: AbortSignal) => {
    await portal.account(signal);
  };
  return {
    crm: hubspot.crm,
    capabilities: { ...capabilities, membershipsPerCall: settings.membershipChunk },
    account: portal.account,
    doctor: async (request, signal) => await doctor(session, portal, request, signal),
    provision: async (request, signal) => {
      await ready(signal);
      const fields = await provisionFields(session, request, signal);
      const { steps, lists } = await provisionLists(session, request, signal);
      return { steps: [...fields, ...steps], lists };
    },
    unprovision: async (request, signal) => {
      await ready(signal);
      return await unprovision(session, request, signal);
    },
    planPull: async (request, signal) => await planPull(context, request, signal),
    pullPage: async (task, signal) => await pullPage(context, task, signal),
    readRecords: async (ids, signal) => {
      await ready(signal);
      return await readRecords(context, input.stored.dealsOf, ids, signal);
    },
    readHeld: async (ids, signal) => {
      await ready(signal);
      return await readHeld(session, ids, signal);
    },
    writeRoute: (changes) => {
      const calls = Math.ceil(changes / batchSize);
      return { batch: batchSize, parallel: 16, calls, spends: calls, reason: null };
    },
    applyBatch: async (changes, marker, signal) => {
      await ready(signal);
      return await applyBatch(session, changes, marker, signal);
    },
    readLists: async (lists, signal) => {
      await ready(signal);
      return await readLists(session, lists, signal);
    },
    readMembers: (list, signal) => readMembers(session, list, signal),
    applyMemberships: async (list, add, remove, signal) => {
      await ready(signal);
      return await applyMemberships(session, list, add, remove, signal);
    },
    // Subscriptions are the app's, made in its own settings (facts §7.1).
    channels: null,
    usage: () => client.usage(),
    close: async () => {
      rates.close();
      await daily.flush();
    },
  };
}
