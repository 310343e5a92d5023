import type { Request, Response } from 'express';
import { z } from 'zod';
import { userIdOf } from './auth.ts';
import { ZohoError } from './errors.ts';
import { parseInstant } from './instant.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter } from './parameters.ts';
import { parseInput } from './parse-input.ts';
import type { RecordInput } from './record-input.ts';
import type { WriteContext } from './record-writer.ts';

/** Records a call may write (facts §1). */
export const MAX_WRITTEN = 100;

const features = z.array(z.object({ name: z.string() }));
const automations = z.enum(['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration']);

/** What every body of a write may say about automations (facts §5.1). */
export const automationKeys = {
  trigger: z.array(automations).nullish(),
  skip_feature_execution: features.optional(),
  apply_feature_execution: features.optional(),
};

const writeBody = z.object({
  data: z.array(z.record(z.string(), z.unknown())).min(1),
  duplicate_check_fields: z.array(z.string()).optional(),
  ...automationKeys,
});
const automationBody = z.object(automationKeys);

export type WriteBody = z.output<typeof writeBody>;

/** The body of insert, update and upsert. */
export function parseWriteBody(req: Request): WriteBody {
  const body = parseInput(writeBody, req.body);
  checkCount(body.data, 'data', MAX_WRITTEN);
  return body;
}

/** The only record of a body that is about one. */
export function onlyRecord({ data }: WriteBody): RecordInput {
  return data[0] ?? {};
}

export function checkCount(list: readonly unknown[], apiName: string, most: number): void {
  if (list.length <= most) return;
  const details = { maximum_length: most, api_name: apiName, json_path: `$.${apiName}` };
  throw new ZohoError(400, 'LIMIT_EXCEEDED', 'the maximum length is exceeded', details);
}

export function writeContext(org: Org, res: Response): WriteContext {
  return { userId: userIdOf(res) || org.users.current.id, at: org.now() };
}

/** Notes which automations a write started; of a body that says nothing, all. */
export function logWrite(
  org: Org,
  module: ModuleName,
  endpoint: string,
  ids: readonly string[],
  body: unknown,
): void {
  const parsed = automationBody.safeParse(body);
  const { trigger, skip_feature_execution, apply_feature_execution } = parsed.data ?? {};
  const skip = (skip_feature_execution ?? []).map(({ name }) => name);
  const apply = (apply_feature_execution ?? []).map(({ name }) => name);
  org.writes.record({ module, endpoint, ids, trigger: trigger ?? null, skip, apply });
}

/** The instant of a header such as `If-Modified-Since`: ISO 8601, or as HTTP writes dates. */
export function instantHeader(req: Request, name: string): number | undefined {
  const text = req.get(name);
  if (text === undefined) return undefined;
  const at = parseInstant(text) ?? (text.endsWith('GMT') ? Date.parse(text) : Number.NaN);
  if (Number.isNaN(at)) throw invalidParameter(name);
  return at;
}
