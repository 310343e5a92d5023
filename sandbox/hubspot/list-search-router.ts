import express from 'express';
import { z } from 'zod';
import { parseInput } from './body.ts';
import type { DynamicLists } from './dynamic-lists.ts';
import { notFound } from './errors.ts';
import { iso, type List, processingTypes, renderList } from './list.ts';
import type { Portal } from './portal.ts';
import { versionOf } from './versions.ts';

const search = z.object({
  query: z.string().default(''),
  listIds: z.array(z.coerce.string()).optional(),
  processingTypes: z.array(z.enum(processingTypes)).default([]),
  additionalProperties: z.array(z.string()).default([]),
  offset: z.number().int().min(0).default(0),
  count: z.number().int().min(1).max(500).default(20),
});

const all = z.object({
  limit: z.number().int().min(1).max(500).default(100),
  after: z.string().optional(),
});

/** Finding lists: `/search` by name (README 19) and, from 2026-09 on, `/all` by cursor (README 1). */
export function listSearchRouter({ lists }: Portal, dynamic: DynamicLists): express.Router {
  const router = express.Router();

  router.post('/search', (req, res) => {
    const wanted = parseInput(search, req.body);
    const query = wanted.query.toLowerCase();
    const found = lists.all().filter((list) => {
      const { processingTypes: types, listIds } = wanted;
      return (
        list.name.toLowerCase().includes(query) &&
        (types.length === 0 || types.includes(list.processingType)) &&
        (listIds === undefined || listIds.includes(list.listId))
      );
    });
    const { offset, count, additionalProperties } = wanted;
    const page = found.slice(offset, offset + count);
    res.json({
      total: found.length,
      offset: offset + page.length,
      hasMore: offset + page.length < found.length,
      lists: page.map((list) => renderFound(list, additionalProperties)),
    });
  });

  // The shape of body and answer follows the other endpoints with a cursor (README C22).
  router.post('/all', (req, res) => {
    if (versionOf(res) !== '2026-09') throw notFound();
    const { limit, after } = parseInput(all, req.body);
    const rest = lists.all().filter(({ listId }) => Number(listId) > Number(after ?? 0));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    res.json({
      results: page.map((list) => renderList(list, dynamic.members(list).size)),
      ...(rest.length > limit && last !== undefined
        ? { paging: { next: { after: last.listId } } }
        : {}),
    });
  });

  function renderFound(list: List, asked: readonly string[]) {
    const { size, ...rest } = renderList(list, dynamic.members(list).size);
    const known: Readonly<Record<string, string>> = {
      hs_list_size: String(size),
      hs_list_reference_count: '0',
      hs_createdate: iso(list.createdAt),
      hs_lastmodifieddate: iso(list.updatedAt),
      ...list.customProperties,
    };
    const names = ['hs_list_size', 'hs_list_reference_count', ...asked];
    const pairs = names.map((name) => [name, known[name] ?? ''] as const);
    return { ...rest, additionalProperties: Object.fromEntries(pairs) };
  }

  return router;
}
