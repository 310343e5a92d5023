import { z } from 'zod';

/** Ids are numbers of up to 15 digits; a text of digits is taken too. */
const id = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().min(0).transform(String)]);
const word = z.string().max(200);
/** What an `Instant` can hold. */
const moment = z.number().int().min(0).max(253_402_300_799_999);

/**
 * One event of a delivery, as far as we read it (facts §7.2). Documents call its type `eventType`,
 * deliveries `subscriptionType`; the newer `object.…` types name the object by its type id. Values are
 * not read: an event says where to look, never what is there.
 */
export const webhookEvent = z
  .looseObject({
    subscriptionType: word.optional(),
    eventType: word.optional(),
    portalId: id,
    eventId: id,
    subscriptionId: id.optional(),
    occurredAt: moment,
    objectId: id.optional(),
    objectTypeId: word.optional(),
    propertyName: word.optional(),
    changeSource: word.optional().catch(undefined),
    sourceId: z
      .union([z.string(), z.number().transform(String)])
      .optional()
      .catch(undefined),
    primaryObjectId: id.optional(),
    mergedObjectIds: z.array(id).max(1_000).optional(),
    newObjectId: id.optional(),
    associationType: word.optional(),
    fromObjectTypeId: word.optional(),
    toObjectTypeId: word.optional(),
    fromObjectId: id.optional(),
    toObjectId: id.optional(),
  })
  .transform(({ subscriptionType, eventType, ...event }, context) => {
    const [object = '', action = ''] = (subscriptionType ?? eventType ?? '').split('.');
    if (object !== '' && action !== '') return { ...event, object, action };
    context.issues.push({ code: 'custom', input: eventType, message: 'no type' });
    return z.NEVER;
  });

export type WebhookEvent = Readonly<z.output<typeof webhookEvent>>;
