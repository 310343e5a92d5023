import { type Request, Router } from 'express';
import { z } from 'zod';
import { answerEach } from './answer-each.ts';
import { ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { parameter, requiredParameter } from './parameters.ts';
import { parseInput } from './parse-input.ts';
import { shownTimeZone } from './record-view.ts';
import type { Channel } from './watch.ts';
import { type ChannelBody, channelBody, newChannel, patchedChannel } from './watch-body.ts';

/** Channels one request may carry (facts §1). */
const maxChannels = 50;

const envelope = z.object({ watch: z.array(z.unknown()).min(1) });
const one = z.object({ watch: z.tuple([channelBody]) });

const messages = {
  enabled: 'Successfully subscribed for actions-watch of the given module',
  updated: 'Successfully updated the subscribe details',
  disabled: 'Successfully un-subscribed from actions-watch',
} as const;

/** Subscribing to changes (facts §7). What is told, and how unreliably, is `watch-emitter.ts`. */
export function watchRouter(org: Org): Router {
  const router = Router();
  router.post('/actions/watch', (req, res) => {
    answerEach(res, 'watch', channelsIn(req), 201, (each) => {
      const channel = newChannel(org, read(each), baseUrlOf(req));
      return saved(org, channel, messages.enabled);
    });
  });
  router.put('/actions/watch', (req, res) => {
    answerEach(res, 'watch', channelsIn(req), 200, (each) => {
      const body = read(each);
      known(org, body.channel_id);
      return saved(org, newChannel(org, body, baseUrlOf(req)), messages.updated);
    });
  });
  router.patch('/actions/watch', (req, res) => {
    answerEach(res, 'watch', channelsIn(req), 200, (each) => {
      const body = read(each);
      return patched(org, patchedChannel(org, known(org, body.channel_id), body), body);
    });
  });
  router.delete('/actions/watch', (req, res) => {
    const ids = requiredParameter(req, 'channel_ids').split(',');
    answerEach(res, 'watch', ids, 200, (id) => {
      const channel = known(org, id);
      org.channels.delete(id);
      return { message: messages.disabled, details: detailsOf(org, channel) };
    });
  });
  router.get('/actions/watch', (req, res) => {
    const shown = org.channels.active().filter((channel) => isAsked(channel, req));
    if (shown.length === 0) throw notSubscribed();
    const watch = shown.flatMap((channel) => channelWire(org, channel));
    const info = { page: 1, per_page: 200, count: watch.length, more_records: false };
    res.json({ watch, info });
  });
  return router;
}

function channelsIn(req: Request): readonly unknown[] {
  const { watch } = parseInput(envelope, req.body);
  if (watch.length <= maxChannels) return watch;
  throw new ZohoError(400, 'LIMIT_EXCEEDED', 'limit exceeded', {
    ...{ maximum_length: maxChannels, api_name: 'watch', json_path: '$.watch' },
  });
}

function read(each: unknown): ChannelBody {
  return parseInput(one, { watch: [each] }).watch[0];
}

function known(org: Org, id: string): Channel {
  const channel = org.channels.get(id);
  if (channel === undefined) throw notSubscribed();
  return channel;
}

function notSubscribed(): ZohoError {
  return new ZohoError(400, 'NOT_SUBSCRIBED', 'Not subscribed for actions-watch');
}

function saved(org: Org, channel: Channel, message: string) {
  org.channels.set(channel);
  return { message, details: detailsOf(org, channel) };
}

// A channel whose last event was dropped is none.
function patched(org: Org, channel: Channel, body: ChannelBody) {
  if (channel.events.length > 0) return saved(org, channel, messages.updated);
  org.channels.delete(body.channel_id);
  return { message: messages.disabled, details: detailsOf(org, channel) };
}

function detailsOf(org: Org, channel: Channel) {
  return { events: modulesOf(channel).map((module) => resource(org, channel, module)) };
}

function modulesOf(channel: Channel) {
  return [...new Set(channel.events.map(({ module }) => module))];
}

function resource(org: Org, channel: Channel, module: Channel['events'][number]['module']) {
  return {
    channel_expiry: instantText(channel.expiresAt, shownTimeZone(org)),
    resource_uri: `${channel.baseUrl}/crm/v8/${module}`,
    resource_id: org.catalog.get(module).id,
    resource_name: module,
    channel_id: channel.id,
  };
}

// A channel shows once a module, as the resource of an entry is one module.
function channelWire(org: Org, channel: Channel) {
  return modulesOf(channel).map((module) => ({
    ...resource(org, channel, module),
    events: channel.events
      .filter((event) => event.module === module)
      .map(({ action }) => `${module}.${action}`),
    notify_url: channel.notifyUrl,
    token: channel.token,
    return_affected_field_values: channel.returnsValues,
    notify_on_related_action: channel.onRelatedAction,
    notification_condition: channel.conditions
      .filter((condition) => condition.module === module)
      .map(({ operator, fields }) => ({
        type: 'field_selection',
        module: { api_name: module, id: org.catalog.get(module).id },
        field_selection: {
          group_operator: operator,
          group: fields.map((name) => ({ field: { api_name: name } })),
        },
      })),
  }));
}

function isAsked(channel: Channel, req: Request): boolean {
  const id = parameter(req, 'channel_id');
  const module = parameter(req, 'module');
  if (id !== undefined && channel.id !== id) return false;
  return module === undefined || channel.events.some((event) => event.module === module);
}

function baseUrlOf(req: Request): string {
  return `${req.protocol}://${req.get('host') ?? ''}`;
}
