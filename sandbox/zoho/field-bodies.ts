import { z } from 'zod';
import type { DataType } from './field.ts';
import { dataTypes } from './field.ts';
import type { FieldPatch, NewField } from './field-rules.ts';
import { idText } from './parse-input.ts';

/** Fields one call may create (facts §1). */
export const maxFieldsPerCall = 5;

const pickListValue = z.object({
  id: idText.optional(),
  display_value: z.string().min(1),
  actual_value: z.string().min(1).optional(),
  _delete: z.union([z.boolean(), z.null()]).optional(),
});

const isDataType = (text: string): text is DataType => dataTypes.some((type) => type === text);

const newField = z.object({
  field_label: z.string(),
  data_type: z.string().refine(isDataType),
  length: z.number().int().positive().optional(),
  pick_list_values: z.array(pickListValue).optional(),
  unique: z.object({ casesensitive: z.unknown().optional() }).loose().nullish(),
  lookup: z
    .object({ module: z.object({ api_name: z.string() }).loose() })
    .loose()
    .nullish(),
  profiles: z.array(z.object({ id: idText, permission_type: z.string().optional() })).optional(),
});
export type NewFieldBody = Readonly<z.output<typeof newField>>;

/** The body of `POST /settings/fields`; each field is read on its own, so that one may fail. */
export const fieldsBody = z.object({ fields: z.array(z.unknown()).min(1) });
export const newFieldBody = z.object({ fields: z.tuple([newField]) });

export function newFieldOf(body: NewFieldBody): NewField {
  const pickList = (body.pick_list_values ?? []).map(({ display_value, actual_value }) => ({
    displayValue: display_value,
    actualValue: actual_value ?? display_value,
  }));
  return {
    label: body.field_label,
    dataType: body.data_type,
    ...(body.length === undefined ? {} : { length: body.length }),
    pickList,
    isUnique: body.unique?.casesensitive !== undefined,
    ...(body.lookup ? { lookup: body.lookup.module.api_name } : {}),
  };
}

const patch = z.object({
  id: idText.optional(),
  field_label: z.string().optional(),
  api_name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/)
    .optional(),
  data_type: z.string().optional(),
  length: z.number().int().positive().optional(),
  pick_list_values: z.array(pickListValue).optional(),
});

/** The body of `PATCH /settings/fields/{id}`. */
export const fieldPatchBody = z.object({ fields: z.tuple([patch]) });

export function fieldPatchOf(body: z.output<typeof patch>): FieldPatch {
  const { field_label: label, api_name: apiName, length, pick_list_values: values } = body;
  return {
    ...(label === undefined ? {} : { label }),
    ...(apiName === undefined ? {} : { apiName }),
    ...(length === undefined ? {} : { length }),
    ...(values === undefined ? {} : { pickList: values.map(pickListPatch) }),
  };
}

function pickListPatch({
  id,
  display_value,
  actual_value,
  _delete,
}: z.output<typeof pickListValue>) {
  return {
    displayValue: display_value,
    ...(id === undefined ? {} : { id }),
    ...(actual_value === undefined ? {} : { actualValue: actual_value }),
    // `"_delete": null` means yes (facts §5.1 of subforms).
    isDeleted: _delete === true || _delete === null,
  };
}
