import { z } from 'zod';
import type { Conversion, List } from './list.ts';

const dayMs = 86_400_000;
const unitMs = { DAY: dayMs, WEEK: 7 * dayMs, MONTH: 30 * dayMs } as const;

/** Body of `schedule-conversion`: on a day, or so long after the members last changed. */
export const conversionRequest = z.discriminatedUnion('conversionType', [
  z.object({
    conversionType: z.literal('CONVERSION_DATE'),
    year: z.number().int(),
    month: z.number().int().min(1).max(12),
    day: z.number().int().min(1).max(31),
  }),
  z.object({
    conversionType: z.literal('INACTIVITY'),
    timeUnit: z.enum(['DAY', 'WEEK', 'MONTH']),
    offset: z.number().int().positive(),
  }),
]);

/** When the request is due. Inactivity is counted from now on: the sandbox does not watch for it. */
export function conversionOf(
  requested: z.output<typeof conversionRequest>,
  now: number,
): Conversion {
  if (requested.conversionType === 'CONVERSION_DATE') {
    const { year, month, day } = requested;
    return { requested, at: Date.UTC(year, month - 1, day) };
  }
  return { requested, at: now + requested.offset * unitMs[requested.timeUnit] };
}

/** A list's conversion as the API shows it. */
export function renderConversion(list: List, now: number) {
  const { listId, conversion } = list;
  if (conversion === undefined) return { listId };
  const convertedAt = new Date(conversion.at).toISOString();
  return {
    listId,
    requestedConversionTime: conversion.requested,
    ...(conversion.at <= now ? { convertedAt } : {}),
  };
}
