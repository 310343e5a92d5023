import { z } from 'zod';
import { idText } from './wire.ts';

/** The one line of a list that has one. */
function only<T>(line: z.ZodType<T>) {
  return z.tuple([line], z.unknown()).transform(([first]) => first);
}

/** `GET /org`. */
export const orgAnswer = z.object({
  org: only(
    z.looseObject({
      id: idText.nullish(),
      zgid: idText,
      company_name: z.string().nullish(),
      currency: z.string().nullish(),
      iso_code: z.string().nullish(),
      time_zone: z.string().min(1),
      /** Whether records carry a currency of their own. */
      mc_status: z.boolean().nullish(),
      license_details: z
        .looseObject({
          paid: z.boolean().nullish(),
          paid_type: z.string().nullish(),
          trial_type: z.string().nullish(),
          users_license_purchased: z.number().nullish(),
        })
        .nullish(),
    }),
  ),
});
export type WireOrg = z.output<typeof orgAnswer>['org'];

/** `GET /users?type=CurrentUser`. */
export const usersAnswer = z.object({
  users: only(
    z.looseObject({
      id: idText,
      profile: z.looseObject({ id: idText, name: z.string().catch('') }).nullish(),
      status: z.string().nullish(),
    }),
  ),
});

/** `GET /settings/layouts?module=`. */
export const layoutsAnswer = z
  .object({ layouts: z.array(z.looseObject({ id: idText, status: z.string().nullish() })) })
  .optional();

/** `GET /settings/pipeline?layout_id=`. */
export const pipelineAnswer = z
  .object({
    pipeline: z.array(
      z.looseObject({
        display_value: z.string().catch(''),
        maps: z
          .array(
            z.looseObject({
              actual_value: z.string(),
              display_value: z.string().catch(''),
              forecast_type: z.string().nullish(),
            }),
          )
          .nullish(),
      }),
    ),
  })
  .optional();

/** `GET /org/currencies`; rates are text of up to 9 and 9 digits (facts §9). */
export const currenciesAnswer = z
  .object({
    currencies: z.array(
      z.looseObject({
        iso_code: z.string(),
        exchange_rate: z.union([z.string(), z.number().transform(String)]),
        is_base: z.boolean().catch(false),
        is_active: z.boolean().catch(true),
      }),
    ),
  })
  .optional();
