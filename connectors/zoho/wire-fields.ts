import { z } from 'zod';
import { idText } from './wire.ts';

const pickListValue = z.looseObject({
  id: idText.optional(),
  /** What people see; they may rename it. */
  display_value: z.string(),
  /** What is stored (facts §6). */
  actual_value: z.string(),
});

/** A field's definition, as far as the token's user may see it (facts §6). */
const wireField = z.looseObject({
  id: idText,
  api_name: z.string().min(1),
  field_label: z.string().catch(''),
  display_label: z.string().nullish(),
  data_type: z.string(),
  json_type: z.string().nullish(),
  length: z.number().nullish(),
  custom_field: z.boolean().catch(false),
  field_read_only: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  visible: z.boolean().nullish(),
  operation_type: z.looseObject({ api_update: z.boolean().nullish() }).nullish(),
  pick_list_values: z.array(pickListValue).nullish(),
  profiles: z
    .array(z.looseObject({ id: idText, permission_type: z.string().nullish() }))
    .nullish()
    .catch(null),
});
export type WireField = z.output<typeof wireField>;

/** `GET /settings/fields?module=`. */
export const fieldList = z.object({ fields: z.array(wireField) });

/** Whether our token may write the field. */
export function isWritable({ field_read_only, read_only, operation_type }: WireField): boolean {
  return field_read_only !== true && read_only !== true && operation_type?.api_update !== false;
}
