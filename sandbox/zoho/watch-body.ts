import { z } from 'zod';
import { mayCall } from '../kit/webhook-target.ts';
import { ZohoError } from './errors.ts';
import { parseInstant } from './instant.ts';
import { isModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { type Channel, type WatchCondition, type WatchEvent, watchActions } from './watch.ts';

const hour = 3_600_000;
/** The longest life of a channel since v4, and the shortest notice without any (facts §1). */
const maxLifeMs = 7 * 24 * hour;
const defaultLifeMs = hour;
const maxConditions = 10;
const maxTokenLength = 50;

const leaf = z.object({ field: z.object({ api_name: z.string() }).loose() });
const condition = z.object({
  type: z.literal('field_selection'),
  module: z.object({ api_name: z.string() }).loose(),
  field_selection: z.union([
    z.object({ group_operator: z.enum(['and', 'or']), group: z.array(leaf).min(1) }),
    leaf,
  ]),
});

/** One channel of `POST`, `PUT` or `PATCH /actions/watch`; what it must have depends on which. */
export const channelBody = z.object({
  channel_id: z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]),
  events: z.array(z.string()).min(1).optional(),
  channel_expiry: z.string().nullish(),
  token: z.string().nullish(),
  notify_url: z.string().optional(),
  return_affected_field_values: z.boolean().nullish(),
  notify_on_related_action: z.boolean().nullish(),
  notification_condition: z.array(condition).nullish(),
  _delete_events: z.boolean().optional(),
});
export type ChannelBody = Readonly<z.output<typeof channelBody>>;

/** A whole channel: everything not said takes its default. */
export function newChannel(org: Org, body: ChannelBody, baseUrl: string): Channel {
  return {
    id: body.channel_id,
    events: eventsOf(body),
    expiresAt: expiryOf(body, org.clock()),
    token: tokenOf(body),
    notifyUrl: urlOf(org, body),
    returnsValues: body.return_affected_field_values ?? false,
    onRelatedAction: body.notify_on_related_action ?? true,
    conditions: conditionsOf(org, body),
    baseUrl,
  };
}

/** A channel with parts changed; `_delete_events` takes the named events out of it. */
export function patchedChannel(org: Org, channel: Channel, body: ChannelBody): Channel {
  const { return_affected_field_values: values, notify_on_related_action: related } = body;
  return {
    ...channel,
    events: patchedEvents(channel, body),
    ...(body.channel_expiry ? { expiresAt: expiryOf(body, org.clock()) } : {}),
    ...(body.token === undefined ? {} : { token: tokenOf(body) }),
    ...(body.notify_url === undefined ? {} : { notifyUrl: urlOf(org, body) }),
    returnsValues: values ?? channel.returnsValues,
    onRelatedAction: related ?? channel.onRelatedAction,
    ...(body.notification_condition ? { conditions: conditionsOf(org, body) } : {}),
  };
}

function patchedEvents(channel: Channel, body: ChannelBody): readonly WatchEvent[] {
  if (body.events === undefined) return channel.events;
  const named = eventsOf(body);
  const rest = channel.events.filter((event) => !named.some((each) => isSame(each, event)));
  return body._delete_events === true ? rest : [...rest, ...named];
}

function isSame(a: WatchEvent, b: WatchEvent): boolean {
  return a.module === b.module && a.action === b.action;
}

function eventsOf({ events }: ChannelBody): readonly WatchEvent[] {
  if (events === undefined) throw missing('events');
  return events.map((text) => {
    const [name = '', word = ''] = text.split('.');
    const action = watchActions.find((each) => each === word);
    if (!isModuleName(name) || action === undefined) throw invalid('events');
    return { module: name, action };
  });
}

function expiryOf({ channel_expiry: text }: ChannelBody, now: number): number {
  if (text === undefined || text === null) return now + defaultLifeMs;
  const at = parseInstant(text);
  if (at === undefined || at <= now || at > now + maxLifeMs) throw invalid('channel_expiry');
  return at;
}

function tokenOf({ token }: ChannelBody): string | null {
  if (token !== undefined && token !== null && token.length > maxTokenLength)
    throw invalid('token', { maximum_length: maxTokenLength });
  return token ?? null;
}

// Zoho wants a public https address; a sandbox sends nothing out of the machine by itself.
function urlOf(org: Org, { notify_url: text }: ChannelBody): string {
  if (text === undefined) throw missing('notify_url');
  if (!mayCall(text, org.channels.anywhere)) throw invalid('notify_url');
  return text;
}

function conditionsOf(org: Org, body: ChannelBody): readonly WatchCondition[] {
  const conditions = body.notification_condition ?? [];
  const leaves = conditions.flatMap(({ field_selection: selection }) =>
    'group' in selection ? selection.group : [selection],
  );
  if (leaves.length > maxConditions)
    throw new ZohoError(400, 'LIMIT_EXCEEDED', 'limit exceeded', {
      ...{ limit: maxConditions, ...place('notification_condition') },
    });
  return conditions.map(({ module: { api_name: module }, field_selection: selection }) => {
    if (!isModuleName(module)) throw invalid('notification_condition');
    const group = 'group' in selection ? selection.group : [selection];
    const fields = group.map(({ field }) => field.api_name);
    if (fields.some((name) => org.schema.field(module, name) === undefined))
      throw invalid('notification_condition');
    return { module, operator: 'group' in selection ? selection.group_operator : 'or', fields };
  });
}

function invalid(name: string, details: Readonly<Record<string, unknown>> = {}): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', 'invalid data', { ...details, ...place(name) });
}

function missing(name: string): ZohoError {
  return new ZohoError(400, 'MANDATORY_NOT_FOUND', 'required field not found', place(name));
}

function place(name: string) {
  return { api_name: name, json_path: `$.watch[0].${name}` };
}
