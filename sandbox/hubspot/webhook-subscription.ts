import { z } from 'zod';

/** What an app may subscribe to (README 27), for contacts, companies and deals. */
const webhookActions = [
  'creation',
  'deletion',
  'propertyChange',
  'merge',
  'restore',
  'associationChange',
  'privacyDeletion',
] as const;
export type WebhookAction = (typeof webhookActions)[number];

// A property that HubSpot moves with every write cannot be subscribed to (README 27).
const unsubscribable = ['hs_lastmodifieddate', 'num_unique_conversion_events'];

/** One wish of the app. propertyChange needs one for each property; there is no wildcard. */
export const webhookSubscription = z
  .object({
    objectType: z.enum(['contact', 'company', 'deal']),
    action: z.enum(webhookActions),
    propertyName: z.string().optional(),
  })
  .refine((each) => (each.action === 'propertyChange') === (each.propertyName !== undefined), {
    message: 'propertyName belongs to propertyChange, and only there',
  })
  .refine((each) => !unsubscribable.includes(each.propertyName ?? ''), {
    message: 'this property cannot be subscribed to',
  });
export type WebhookSubscription = Readonly<z.output<typeof webhookSubscription>>;

const everything = ['creation', 'deletion', 'merge', 'restore', 'associationChange'] as const;
const properties = {
  contact: ['email', 'firstname', 'lastname', 'phone', 'country', 'birthday', 'external_id'],
  company: ['name', 'domain', 'country'],
  deal: [
    'dealstage',
    'amount',
    'closedate',
    'pipeline',
    'deal_currency_code',
    'paid_date',
    'due_date',
  ],
} as const;

/** What an app that scores customers by their deals subscribes to. */
export const usualSubscriptions: readonly WebhookSubscription[] = [
  ...(['contact', 'company', 'deal'] as const).flatMap((objectType) => [
    ...everything.map((action) => ({ objectType, action })),
    ...properties[objectType].map((propertyName) => ({
      ...{ objectType, action: 'propertyChange' as const, propertyName },
    })),
  ]),
  { objectType: 'contact', action: 'privacyDeletion' },
];
