import { hash } from 'node:crypto';
import type {
  WebhookInput,
  WebhookReceiver,
  WebhookRequest,
  WebhookVerdict,
} from '../../src/connector/webhooks.ts';
import type { Hint, HintKind } from '../../src/domain/hint.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { isSameSecret } from '../../src/lib/same-secret.ts';
import { toInstant } from './instant.ts';
import { parseJson } from './parse-json.ts';
import { parseZohoSettings } from './settings.ts';
import { fieldsOf, type Notice, notice, withToken } from './webhook-notice.ts';

/** Reads Zoho's notifications, which are not signed: the channel's token is all the proof there is. */
export const webhooks: WebhookReceiver = {
  proof: 'channel',
  secretNames: () => [],
  receive: (request, input) => {
    const body = bodyOf(request);
    const proof = withToken.safeParse(body);
    const { channelToken } = input;
    if (body === null) return unreadable;
    if (channelToken === null || !proof.success) return unproven;
    if (!isSameSecret(proof.data.token, channelToken.reveal())) return unproven;
    const parsed = notice.safeParse(body);
    return parsed.success ? read(parsed.data, input) : unreadable;
  },
};

function bodyOf({ body }: WebhookRequest): unknown {
  try {
    return parseJson(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

function read(told: Notice, { settings, subject, now }: WebhookInput): WebhookVerdict {
  const object = objectOf(told.module, subject);
  const ids = [...new Set(told.ids)];
  if (object === null) return { status: 'accepted', hints: [], dropped: ids.length };
  const fields = fieldsOf(told);
  const isOurs = ownWrite(object, parseZohoSettings(settings).fieldPrefix);
  const theirs = ids.filter((id) => !isOurs(fields.get(id) ?? []));
  const at = toInstant(told.server_time ?? now);
  const hints = theirs.map((id): { account: null; hint: Hint } => {
    const key = keyOf(told, id, fields.get(id) ?? []);
    return { account: null, hint: { key, object, id, kind: kindOf(told.operation), at } };
  });
  return { status: 'accepted', hints, dropped: ids.length - hints.length };
}

function objectOf(module: string, subject: Subject): PullObject | null {
  if (module === 'Deals') return 'deals';
  return module === (subject === 'contact' ? 'Contacts' : 'Accounts') ? 'customers' : null;
}

// Anything else is looked at as a change: a look costs little, a word we do not know may matter.
function kindOf(operation: string): HintKind {
  return operation.toLowerCase() === 'delete' ? 'removed' : 'changed';
}

// A notification has no id of its own: one that is the same in all of this is the same.
function keyOf(told: Notice, id: string, fields: readonly string[]): string {
  const { channel_id, server_time, module, operation } = told;
  const all = [channel_id, server_time, module, operation, id, fields.toSorted()];
  return hash('sha256', JSON.stringify(all), 'base64url');
}

/** What Zoho moves with every write, ours too. */
const moved: ReadonlySet<string> = new Set(['Modified_Time', 'Modified_By', 'Last_Activity_Time']);

/**
 * Whether a change is ours: nothing changed but fields whose API names begin as ours do. A field that an
 * admin renamed is not known by that, and costs one look that finds nothing.
 */
function ownWrite(object: PullObject, fieldPrefix: string): (fields: readonly string[]) => boolean {
  const prefix = apiNamePrefix(fieldPrefix);
  if (object === 'deals' || prefix === null) return () => false;
  return (fields) => {
    const told = fields.filter((name) => !moved.has(name));
    return told.length > 0 && told.every((name) => name.startsWith(prefix));
  };
}

/** `Assay ` as it begins API names, `Assay_`; `null` where a label without Latin letters makes none. */
function apiNamePrefix(fieldPrefix: string): string | null {
  const words = fieldPrefix.trim().replaceAll(/ +/g, '_');
  return /^[A-Za-z]\w*$/.test(words) ? `${words}_` : null;
}

const unproven: WebhookVerdict = {
  ...{ status: 'refused', httpStatus: 401, code: 'WEBHOOK_UNPROVEN' },
  message: 'It does not have the token of a channel that we made.',
};
const unreadable: WebhookVerdict = {
  ...{ status: 'refused', httpStatus: 400, code: 'WEBHOOK_UNREADABLE' },
  message: 'The body is no notification.',
};
