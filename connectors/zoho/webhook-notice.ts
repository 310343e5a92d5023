import { z } from 'zod';
import { idText } from './wire.ts';

const word = z.string().max(200);

/**
 * What a notification says, as far as we read it (facts §7). Values are not read: it says where to
 * look, never what is there. What may be missing without harm is, when it has another form.
 */
export const notice = z.looseObject({
  server_time: z.coerce.number().int().min(0).max(253_402_300_799_999).nullish().catch(null),
  module: word,
  ids: z.array(idText).max(10_000),
  /** `insert, update, delete`, or `create, edit, delete` (facts §7 [?]). */
  operation: word,
  channel_id: idText.nullish().catch(null),
  /** By record id, one entry each. */
  affected_fields: z
    .array(z.record(z.string(), z.array(word)))
    .nullish()
    .catch(null),
});

export type Notice = Readonly<z.output<typeof notice>>;

/** What proves that Zoho sends. */
export const withToken = z.looseObject({ token: z.string().max(1_000) });

/** API names of what changed in a record; `null` where the notification does not say. */
export function fieldsOf({ affected_fields }: Notice): ReadonlyMap<string, readonly string[]> {
  return new Map((affected_fields ?? []).flatMap((entry) => Object.entries(entry)));
}
