import express, { type Request, type Response } from 'express';
import { invalidId } from './errors.ts';
import { type ModuleName, moduleNames } from './module-names.ts';
import type { Org } from './org.ts';
import { pathPart, requiredParameter } from './parameters.ts';
import { refusing } from './record-path.ts';
import { writeContext } from './write-request.ts';

type Act = (module: ModuleName, id: string) => boolean;

/** The recycle bin: back from it, or out of it for good (facts §4.4). */
export function recycleBinRouter(org: Org): express.Router {
  const router = express.Router();
  const restore =
    (res: Response): Act =>
    (module, id) =>
      org.records[module].restore(id, writeContext(org, res).userId) !== undefined;
  const purge =
    (res: Response): Act =>
    (module, id) => {
      const { at: deletedAt, userId: deletedBy } = writeContext(org, res);
      return org.records[module].purge(id, { deletedAt, deletedBy });
    };

  router.post('/settings/recycle_bin/:id/actions/restore', (req, res) => {
    answer(res, [pathPart(req, 'id')], restore(res), 'record restored');
  });
  router.delete('/settings/recycle_bin/:id', (req, res) => {
    answer(res, [pathPart(req, 'id')], purge(res), 'record deleted permanently');
  });
  router.delete('/settings/recycle_bin', (req: Request, res: Response) => {
    const ids = requiredParameter(req, 'ids').split(',');
    answer(res, ids, purge(res), 'record deleted permanently');
  });
  return router;
}

/** Ids are the org's own, so the bin is asked for no module. */
function answer(res: Response, ids: readonly string[], act: Act, message: string): void {
  refusing('recycle_bin', res, () => {
    const results = ids.map((id) => {
      if (!moduleNames.some((module) => act(module, id))) throw invalidId();
      return { code: 'SUCCESS', details: { id }, message, status: 'success' };
    });
    res.json({ recycle_bin: results });
  });
}
