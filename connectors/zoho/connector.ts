import type { Capabilities } from '../../src/connector/capabilities.ts';
import type { Connector, ConnectorModule, OpenInput } from '../../src/connector/connector.ts';
import { account } from './account.ts';
import { channelKeeper } from './channels.ts';
import { consent } from './consent.ts';
import { doctor } from './doctor.ts';
import { listKeeper } from './lists.ts';
import { openSession } from './open-session.ts';
import { provisionFields } from './provision-fields.ts';
import { planPull, pullPage } from './pull.ts';
import { openPull } from './pull-context.ts';
import { readRecords } from './read-records.ts';
import { parseZohoSettings, secretNames } from './settings.ts';
import { unprovision } from './unprovision.ts';
import { webhooks } from './webhook.ts';
import { openWriter } from './writer.ts';

const capabilities: Pick<Capabilities, 'dynamicLists' | 'marksOwnWrites' | 'tracesMerges'> = {
  dynamicLists: false,
  marksOwnWrites: true,
  tracesMerges: false,
};

/** Zoho CRM, by version 8 of its API. */
export const zoho: ConnectorModule = {
  crm: 'zoho',
  secretNames: (settings) => secretNames(parseZohoSettings(settings)),
  webhooks,
  consent,
  open,
};

function open(input: OpenInput): Connector {
  const session = openSession(input);
  const pull = openPull(session);
  const keeper = listKeeper(session);
  const channels = channelKeeper(session);
  const { client, rates, credits } = session;
  // Its answer tells the edition's limits: no verb works without them.
  const ready = async (signal: AbortSignal) => {
    await session.org(signal);
  };
  const { writeRoute, applyBatch, readHeld } = openWriter(session);
  return {
    crm: zoho.crm,
    capabilities: { ...capabilities, ...keeper.capabilities },
    account: async (signal) => await account(session, signal),
    doctor: async (request, signal) => await doctor(session, keeper, request, signal),
    provision: async (request, signal) => {
      await ready(signal);
      const fields = await provisionFields(session, request, signal);
      const { steps, lists } = await keeper.provision(request, signal);
      return { steps: [...fields, ...steps], lists };
    },
    unprovision: async (request, signal) => {
      await ready(signal);
      return await unprovision(session, keeper, request, signal);
    },
    planPull: async (request, signal) => await planPull(pull, request, signal),
    pullPage: async (task, signal) => await pullPage(pull, task, signal),
    readRecords: async (ids, signal) => {
      await ready(signal);
      return await readRecords(pull, ids, signal);
    },
    readHeld: async (ids, signal) => {
      await ready(signal);
      return await readHeld(ids, signal);
    },
    writeRoute,
    applyBatch: async (changes, marker, signal) => {
      await ready(signal);
      return await applyBatch(changes, marker, signal);
    },
    readLists: async (lists, signal) => {
      await ready(signal);
      return await keeper.readLists(lists, signal);
    },
    readMembers: (list, signal) => keeper.readMembers(list, signal),
    applyMemberships: async (list, add, remove, signal) => {
      await ready(signal);
      return await keeper.applyMemberships(list, add, remove, signal);
    },
    channels: {
      ensure: async (asked, signal) => {
        await ready(signal);
        return await channels.ensure(asked, signal);
      },
      remove: async (known, signal) => {
        await ready(signal);
        await channels.remove(known, signal);
      },
    },
    usage: () => client.usage(),
    close: async () => {
      rates.close();
      client.close();
      await credits.flush();
    },
  };
}
