import type { Router } from 'express';
import { z } from 'zod';
import { invalidId } from './errors.ts';
import { idOf } from './id-input.ts';
import { mergeRecords } from './merge-records.ts';
import type { Org } from './org.ts';
import { parseInput } from './parse-input.ts';
import { onRecord } from './record-path.ts';
import { writeContext } from './write-request.ts';

const id = z.unknown().transform((value) => {
  const text = idOf(value);
  if (text === undefined) throw invalidId();
  return text;
});
const mergeBody = z.object({
  merge: z
    .array(
      z.object({
        data: z.array(
          z.object({ id, _fields: z.array(z.object({ api_name: z.string() })).default([]) }),
        ),
      }),
    )
    .length(1),
});

/**
 * `POST /{module}/{masterId}/actions/merge {merge: [{data: [{id, _fields?}]}]}`, at once: one or two
 * children, of which the fields named are taken over.
 */
export function addMergeRoute(router: Router, org: Org): void {
  router.post(
    '/:module/:id/actions/merge',
    onRecord('merge', (req, res, { module, id: masterId }) => {
      const children = parseInput(mergeBody, req.body).merge.flatMap(({ data }) => data);
      const taken = children.flatMap((child) =>
        child._fields.map(({ api_name }) => [api_name, child.id] as const),
      );
      const childIds = children.map((child) => child.id);
      const merge = { masterId, childIds, taken: new Map(taken) };
      const { id: merged } = mergeRecords(org, module, merge, writeContext(org, res));
      const message = 'records merged successfully';
      const result = { code: 'SUCCESS', details: { id: merged }, message, status: 'success' };
      res.json({ merge: [result] });
    }),
  );
}
