import { Router } from 'express';
import { answerEach } from './answer-each.ts';
import { ZohoError } from './errors.ts';
import type { FieldDefinition } from './field.ts';
import { deleteField, updateField } from './field-admin.ts';
import {
  fieldPatchBody,
  fieldPatchOf,
  fieldsBody,
  maxFieldsPerCall,
  type NewFieldBody,
  newFieldBody,
  newFieldOf,
} from './field-bodies.ts';
import { invalid } from './field-rules.ts';
import { fieldWire } from './field-wire.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { moduleParameter, pathPart } from './parameters.ts';
import { parseInput } from './parse-input.ts';

/** Reading, creating, changing and deleting fields: all with `?module=` (facts §6). */
export function fieldsRouter(org: Org): Router {
  const router = Router();
  router.get('/settings/fields', (req, res) => {
    const module = moduleParameter(req);
    res.json({ fields: org.schema.visible(module).map((each) => fieldWire(org, module, each)) });
  });
  router.get('/settings/fields/:id', (req, res) => {
    const module = moduleParameter(req);
    const field = visibleField(org, module, pathPart(req, 'id'));
    res.json({ fields: [fieldWire(org, module, field)] });
  });
  router.post('/settings/fields', (req, res) => {
    const module = moduleParameter(req);
    const { fields } = parseInput(fieldsBody, req.body);
    checkCount(fields);
    answerEach(res, 'fields', fields, 201, (each) => {
      const body = parseInput(newFieldBody, { fields: [each] });
      return {
        message: 'field created',
        details: created(org, module, body.fields[0]),
      };
    });
  });
  router.patch('/settings/fields/:id', (req, res) => {
    const module = moduleParameter(req);
    const { id } = visibleField(org, module, pathPart(req, 'id'));
    answerEach(res, 'fields', [req.body], 200, (each) => changed(org, module, each, id));
  });
  router.patch('/settings/fields', (req, res) => {
    const module = moduleParameter(req);
    const { fields } = parseInput(fieldsBody, req.body);
    checkCount(fields);
    answerEach(res, 'fields', fields, 200, (each) => changed(org, module, { fields: [each] }));
  });
  router.delete('/settings/fields/:id', (req, res) => {
    const module = moduleParameter(req);
    const { id } = visibleField(org, module, pathPart(req, 'id'));
    answerEach(res, 'fields', [id], 200, (each) => {
      deleteField(org, module, each);
      return { message: 'field deleted', details: { id: each } };
    });
  });
  return router;
}

// The answer to a creation has no api name: it is read back from the metadata (facts §6).
function created(org: Org, module: ModuleName, body: NewFieldBody) {
  const { id: own } = org.users.current.profile;
  const shown = body.profiles?.filter((each) => each.permission_type !== 'hidden');
  const { id } = org.schema.create(module, newFieldOf(body));
  // Whom it is shown to may be said; without us it is there and we do not see it (facts §6).
  if (shown !== undefined && !shown.some((each) => each.id === own))
    org.schema.hide(module, id, true);
  return { id };
}

function changed(org: Org, module: ModuleName, body: unknown, idInPath?: string) {
  const [patch] = parseInput(fieldPatchBody, body).fields;
  const { id, dataType } = visibleField(org, module, idInPath ?? patch.id ?? '');
  if (patch.data_type !== undefined && patch.data_type !== dataType) throw invalid('data_type');
  updateField(org, module, id, fieldPatchOf(patch));
  return { message: 'field updated', details: { id } };
}

function checkCount(fields: readonly unknown[]): void {
  if (fields.length <= maxFieldsPerCall) return;
  const path = { api_name: 'fields', json_path: '$.fields' };
  throw new ZohoError(400, 'LIMIT_EXCEEDED', 'maximum fields limit exceeded', {
    limit: maxFieldsPerCall,
    limit_due_to: [path],
  });
}

function visibleField(org: Org, module: ModuleName, id: string): FieldDefinition {
  const field = org.schema.byId(module, id);
  if (field === undefined || field.isHidden)
    throw new ZohoError(400, 'INVALID_DATA', 'the id given seems to be invalid', {
      resource_path_index: 2,
    });
  return field;
}
