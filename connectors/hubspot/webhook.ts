import type {
  WebhookInput,
  WebhookReceiver,
  WebhookRequest,
  WebhookVerdict,
} from '../../src/connector/webhooks.ts';
import type { Secret } from '../../src/lib/secret.ts';
import { type HubSpotSettings, parseHubSpotSettings, webhookSecretName } from './settings.ts';
import { webhookEvent } from './webhook-event.ts';
import { hintsOf } from './webhook-hints.ts';
import { checkV1, checkV3, type SignatureCheck } from './webhook-signature.ts';

/** Reads HubSpot's deliveries: an array of up to a hundred events, signed (BEHAVIOR 32 to 35). */
export const webhooks: WebhookReceiver = {
  proof: 'signature',
  secretNames: (settings) => {
    const name = webhookSecretName(parseHubSpotSettings(settings));
    return name === null ? [] : [name];
  },
  receive: (request, input) => {
    const settings = parseHubSpotSettings(input.settings);
    const secret = input.secrets.get(webhookSecretName(settings) ?? '');
    if (secret === undefined) return webhooksOff;
    const check = checkSignature(request, input, settings, secret);
    if (check !== 'good') return refusedBy(check);
    const events = eventsIn(request.body);
    return events === null ? unreadable : read(events, settings, input);
  },
};

/** With `v1` a good one of either kind is enough: HubSpot sends both. */
function checkSignature(
  request: WebhookRequest,
  { now }: WebhookInput,
  { webhooks: asked }: HubSpotSettings,
  secret: Secret,
): SignatureCheck {
  const check = checkV3(request, secret, now);
  if (check === 'good' || asked?.v1 !== true) return check;
  return checkV1(request, secret) === 'good' ? 'good' : check;
}

function eventsIn(body: Uint8Array): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

// An event that cannot be read must not make HubSpot send the others again for a day.
function read(
  events: readonly unknown[],
  settings: HubSpotSettings,
  { subject }: WebhookInput,
): WebhookVerdict {
  const read = events.map((event) => webhookEvent.safeParse(event).data ?? null);
  const told = read.map((event) => {
    if (event === null) return [];
    const hints = hintsOf(event, { settings, subject });
    return hints.map((hint) => ({ account: event.portalId, hint }));
  });
  const dropped = told.filter((hints) => hints.length === 0).length;
  return { status: 'accepted', hints: told.flat(), dropped };
}

function refusedBy(check: Exclude<SignatureCheck, 'good'>): WebhookVerdict {
  if (check === 'old' || check === 'from the future')
    return {
      ...{ status: 'refused', httpStatus: 401, code: 'WEBHOOK_TOO_OLD' },
      message: `The delivery is ${check}: it was not signed within the last five minutes.`,
    };
  return {
    ...{ status: 'refused', httpStatus: 401, code: 'WEBHOOK_UNPROVEN' },
    message: `Its signature v3 is ${check}.`,
  };
}

const webhooksOff: WebhookVerdict = {
  ...{ status: 'refused', httpStatus: 401, code: 'WEBHOOKS_OFF' },
  message: 'This connection takes no webhooks: its settings name no client secret.',
};
const unreadable: WebhookVerdict = {
  ...{ status: 'refused', httpStatus: 400, code: 'WEBHOOK_UNREADABLE' },
  message: 'The body is no JSON array of events.',
};
