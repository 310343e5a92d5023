import { z } from 'zod';
import { CallError } from '../../src/connector/http/call-error.ts';
import type { FieldDraft, PickListValue } from './field-drafts.ts';
import type { Session } from './session.ts';
import { anything, wireResult } from './wire.ts';
import type { WireField } from './wire-fields.ts';

/** Fields of one call (facts §1). */
export const fieldsPerCall = 5;
/** Characters of the marker's text, and of our longer texts. */
const textLength = 255;
const textareaLength = 2_000;

const results = z.object({ fields: z.array(wireResult) });
export type FieldResult = z.output<typeof wireResult>;

/** Makes at most five fields, visible to the profile of the token's user; one result each, in order. */
export async function createFields(
  { client, module }: Session,
  drafts: readonly FieldDraft[],
  profile: string | null,
  signal: AbortSignal,
): Promise<readonly FieldResult[]> {
  const { fields } = await client.send(
    {
      method: 'POST',
      path: '/crm/v8/settings/fields',
      query: { module },
      body: { fields: drafts.map((draft) => bodyOf(draft, profile)) },
      answer: results,
      effect: 'write',
      credits: 1,
      pool: 'plain',
      // Labels are unique: a second attempt is refused, it never makes a second field.
      perRecord: true,
    },
    signal,
  );
  return fields;
}

function bodyOf({ label, type, values }: FieldDraft, profile: string | null) {
  return {
    field_label: label,
    data_type: type,
    ...(type === 'text' && { length: textLength }),
    ...(type === 'textarea' && { length: textareaLength }),
    ...(values.length > 0 && { pick_list_values: values }),
    ...(profile !== null && { profiles: [{ id: profile, permission_type: 'read_write' }] }),
  };
}

/** Sets the values of a picklist: those it has with their ids, `_delete` on those that go. */
export async function setValues(
  { client, module }: Session,
  { id }: WireField,
  values: readonly PickListValue[],
  signal: AbortSignal,
): Promise<FieldResult | null> {
  const { fields } = await client.send(
    {
      method: 'PATCH',
      path: `/crm/v8/settings/fields/${id}`,
      query: { module },
      body: { fields: [{ pick_list_values: values }] },
      answer: results,
      effect: 'write',
      credits: 1,
      pool: 'plain',
      perRecord: true,
    },
    signal,
  );
  const [result] = fields;
  return result === undefined || result.code === 'SUCCESS' ? null : result;
}

/** Gives a field another label; whether Zoho took it. Its API name stays (facts §6). */
export async function relabelField(
  { client, module }: Session,
  id: string,
  label: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { fields } = await client.send(
    {
      ...{ method: 'PATCH', path: `/crm/v8/settings/fields/${id}`, query: { module } },
      ...{ body: { fields: [{ field_label: label }] }, answer: results, perRecord: true },
      ...{ effect: 'write', credits: 1, pool: 'plain' },
    },
    signal,
  );
  return fields.every(({ code }) => code === 'SUCCESS');
}

/** Takes a field away with all its values; whether there was still one. */
export async function deleteField(
  { client, module }: Session,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.send(
      {
        ...{ method: 'DELETE', path: `/crm/v8/settings/fields/${id}`, query: { module } },
        ...{ answer: anything, effect: 'write', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return true;
  } catch (error) {
    if (error instanceof CallError && error.disposition === 'reject') return false;
    throw error;
  }
}

const total = z.looseObject({ total: z.number() });
const features = z
  .object({
    __features: z.array(
      z.looseObject({
        api_name: z.string(),
        details: z
          .looseObject({ limits: total, used_count: total, available_count: total.optional() })
          .optional()
          .catch(undefined),
      }),
    ),
  })
  .optional();

/** Custom fields that the edition allows the module, and has. */
export type Room = { readonly limit: number; readonly used: number };

/** How much of a feature is left; `null` when Zoho does not tell (facts §6). */
export async function roomFor(
  { client, module }: Session,
  feature: 'custom_field' | 'tag',
  signal: AbortSignal,
): Promise<Room | null> {
  try {
    const answer = await client.send(
      {
        ...{ method: 'GET', path: '/crm/v8/__features', query: { module, api_names: feature } },
        ...{ answer: features, effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    const found = answer?.__features.find(({ api_name }) => api_name === feature)?.details;
    return found === undefined ? null : { limit: found.limits.total, used: found.used_count.total };
  } catch (error) {
    if (error instanceof CallError && isUntold(error)) return null;
    throw error;
  }
}

function isUntold({ code, disposition }: CallError): boolean {
  return (
    disposition === 'reject' ||
    ['SCOPE_MISSING', 'ACCESS_DENIED', 'ANSWER_UNEXPECTED'].includes(code)
  );
}
