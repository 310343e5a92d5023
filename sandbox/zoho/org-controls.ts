import express from 'express';
import { z } from 'zod';
import { type ModuleName, moduleNames } from './module-names.ts';
import type { Org } from './org.ts';

const stateChange = z.object({
  module: z.enum(moduleNames),
  ids: z.array(z.string()).min(1),
  state: z.enum(['open', 'locked', 'approval', 'review']),
});
const fieldName = z.object({ module: z.enum(moduleNames), apiName: z.string() });
const hiding = fieldName.extend({ hidden: z.boolean().default(true) });
const edit = z.object({
  module: z.enum(moduleNames),
  id: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/**
 * What people do inside the CRM, at `/_sandbox`: POST /records/state `{module, ids, state}` (lock,
 * put into approval or review, open again) · POST /records/edit `{module, id, values}` (by hand, by
 * another user) · POST /fields/hide `{module, apiName, hidden?}` · POST /fields/delete `{module,
 * apiName}` · GET and DELETE /writes (`trigger` and `skip_feature_execution` of every write).
 */
export function orgControls(org: Org): express.Router {
  const router = express.Router();
  router.use(express.json());

  router.post('/records/state', (req, res) => {
    const { module, ids, state } = stateChange.parse(req.body);
    const changed = ids.filter((id) => org.records[module].change(id, { state }) !== undefined);
    res.json({ changed });
  });
  router.post('/records/edit', (req, res) => {
    const { module, id, values } = edit.parse(req.body);
    const by = { modifiedAt: org.now(), modifiedBy: org.users.other.id };
    if (org.records[module].change(id, { values, ...by }) === undefined) {
      throw new RangeError(`No record ${id} in ${module}`);
    }
    res.json({ modified: new Date(org.now()).toISOString() });
  });
  router.post('/fields/hide', (req, res) => {
    const { module, apiName, hidden } = hiding.parse(req.body);
    org.schema.hide(module, fieldId(org, module, apiName), hidden);
    res.json({});
  });
  router.post('/fields/delete', (req, res) => {
    const { module, apiName } = fieldName.parse(req.body);
    org.schema.delete(module, fieldId(org, module, apiName));
    res.json({});
  });
  router.get('/writes', (_req, res) => {
    res.json({ writes: org.writes.all() });
  });
  router.delete('/writes', (_req, res) => {
    org.writes.reset();
    res.json({ writes: [] });
  });
  return router;
}

function fieldId(org: Org, module: ModuleName, apiName: string): string {
  const field = org.schema.field(module, apiName);
  if (field === undefined) throw new RangeError(`No field ${apiName} in ${module}`);
  return field.id;
}
