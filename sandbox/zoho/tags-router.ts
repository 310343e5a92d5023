import { Router } from 'express';
import { z } from 'zod';
import { answerEach } from './answer-each.ts';
import { ZohoError } from './errors.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { moduleParameter, pathPart } from './parameters.ts';
import { idText, parseInput } from './parse-input.ts';
import { shownTimeZone, userView } from './record-view.ts';
import type { Tag } from './tags.ts';

/** Tags one call may define. */
const maxTags = 100;

const newTags = z.object({ tags: z.array(z.object({ name: z.string() })).min(1) });
const renamedTags = z.object({
  tags: z.array(z.object({ id: idText.optional(), name: z.string() })).min(1),
});

/** The tags of a module: which there are, and how many records carry one (facts §6). */
export function tagsRouter(org: Org): Router {
  const router = Router();
  router.get('/settings/tags', (req, res) => {
    const tags = org.tags.all(moduleParameter(req));
    const info = { count: tags.length, allowed_count: org.tags.caps.perModule };
    res.json({ tags: tags.map((tag) => tagWire(org, tag)), info });
  });
  router.post('/settings/tags', (req, res) => {
    const module = moduleParameter(req);
    const { tags } = parseInput(newTags, req.body);
    checkCount(tags);
    answerEach(res, 'tags', tags, 201, ({ name }) => ({
      message: 'tags created successfully',
      details: tagWire(org, org.tags.create(module, name)),
    }));
  });
  router.put('/settings/tags', (req, res) => {
    moduleParameter(req);
    const { tags } = parseInput(renamedTags, req.body);
    answerEach(res, 'tags', tags, 200, ({ id = '', name }) => renamed(org, id, name));
  });
  router.put('/settings/tags/:id', (req, res) => {
    moduleParameter(req);
    const { tags } = parseInput(renamedTags, req.body);
    answerEach(res, 'tags', tags.slice(0, 1), 200, ({ name }) =>
      renamed(org, pathPart(req, 'id'), name),
    );
  });
  router.delete('/settings/tags/:id', (req, res) => {
    answerEach(res, 'tags', [pathPart(req, 'id')], 200, (id) => {
      removeEverywhere(org, org.tags.delete(id));
      return { message: 'tags deleted successfully', details: { id } };
    });
  });
  router.get('/settings/tags/:id/actions/records_count', (req, res) => {
    const module = moduleParameter(req);
    const id = pathPart(req, 'id');
    if (org.tags.byId(id)?.module !== module)
      throw new ZohoError(400, 'INVALID_DATA', 'the id given seems to be invalid', {
        resource_path_index: 2,
      });
    const count = org.records[module].byId().filter(({ tags }) => tags.includes(id)).length;
    res.json({ count: String(count) });
  });
  return router;
}

function checkCount(tags: readonly unknown[]): void {
  if (tags.length <= maxTags) return;
  const details = { maximum_length: maxTags, api_name: 'tags', json_path: '$.tags' };
  throw new ZohoError(400, 'INVALID_DATA', 'invalid data', details);
}

function renamed(org: Org, id: string, name: string) {
  return {
    message: 'tags updated successfully',
    details: tagWire(org, org.tags.rename(id, name)),
  };
}

// A tag that is gone is on no record; nobody is told, for no field of theirs was written.
function removeEverywhere(org: Org, { id, module }: Tag): void {
  for (const record of org.records[module].byId())
    if (record.tags.includes(id)) record.tags = record.tags.filter((each) => each !== id);
}

function tagWire(org: Org, { id, name, createdAt, modifiedAt }: Tag) {
  const zone = shownTimeZone(org);
  const by = userView(org, org.users.current.id);
  return {
    ...{ id, name, color_code: null, created_by: by, modified_by: by },
    created_time: instantText(createdAt, zone),
    modified_time: instantText(modifiedAt, zone),
  };
}
