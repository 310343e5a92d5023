import type { Router } from 'express';
import { z } from 'zod';
import { idOf } from './id-input.ts';
import type { Org } from './org.ts';
import { parseInput } from './parse-input.ts';
import { onModule } from './record-path.ts';
import { updateRecord } from './record-writer.ts';
import { answerWritten, writtenIds } from './write-answer.ts';
import { automationKeys, checkCount, logWrite, writeContext } from './write-request.ts';

const MOST_IDS = 500;
const MOST_VALUES = 1;

const massUpdate = z.object({
  data: z.array(z.record(z.string(), z.unknown())).min(1),
  ids: z.array(z.unknown()).min(1),
  ...automationKeys,
});

/** `POST /{module}/actions/mass_update`: the same values into up to 500 records (facts §5.3). */
export function addMassUpdateRoute(router: Router, org: Org): void {
  router.post(
    '/:module/actions/mass_update',
    onModule('data', (req, res, module) => {
      const { data, ids } = parseInput(massUpdate, req.body);
      checkCount(data, 'data', MOST_VALUES);
      checkCount(ids, 'ids', MOST_IDS);
      const context = writeContext(org, res);
      const written = ids.map((id, index) => ({
        outcome: updateRecord(org, module, idOf(id) ?? '', data[0] ?? {}, { ...context, index }),
        message: 'record updated',
      }));
      logWrite(org, module, 'mass_update', writtenIds(written), req.body);
      const results = written.map((each) =>
        each.outcome.ok ? { ...each, details: { id: each.outcome.record.id } } : each,
      );
      answerWritten(org, res, results, 200);
    }),
  );
}
