import express, { type ErrorRequestHandler } from 'express';
import { z } from 'zod';
import type { AdjustableClock } from './adjustable-clock.ts';
import type { CallLog } from './call-log.ts';
import type { Latency } from './delay-answers.ts';
import { type FaultPlan, faultRule } from './fault-plan.ts';
import { latencySpec } from './latency.ts';

/** What every sandbox lets a test or a person change while it runs. */
export interface Controls<E> {
  readonly clock: AdjustableClock;
  readonly calls: CallLog;
  readonly latency: Latency;
  readonly faults: FaultPlan<E>;
  readonly effect: z.ZodType<E>;
  /** What `GET /state` shows: plain facts about the world, for a person to look at. */
  readonly state: () => Readonly<Record<string, unknown>>;
}

const advance = z.object({ advanceMs: z.number().min(0) });
const callQuery = z.object({ times: z.string().optional(), lane: z.string().optional() });

/**
 * The control endpoint, mounted at `/_sandbox`; nothing here is counted, limited or delayed.
 * GET /calls (`?times=1&lane=…` adds arrival times) · POST /faults · DELETE /faults · POST /latency ·
 * POST /clock · POST /reset (counts, faults, latency) · GET /state. A CRM adds its own after these.
 */
export function controlRouter<E>(controls: Controls<E>): express.Router {
  const { clock, calls, latency, faults } = controls;
  const rules = z.object({ faults: z.array(faultRule(controls.effect)) });
  const router = express.Router();
  router.use(express.json());

  router.get('/calls', (req, res) => {
    const { times, lane } = callQuery.parse(req.query);
    res.json({ ...calls.report(), ...(times === undefined ? {} : { times: calls.times(lane) }) });
  });
  router.post('/faults', (req, res) => {
    faults.add(rules.parse(req.body).faults);
    res.json({ faults: faults.pending() });
  });
  router.delete('/faults', (_req, res) => {
    faults.clear();
    res.json({ faults: faults.pending() });
  });
  router.post('/latency', (req, res) => {
    latency.spec = latencySpec.parse(req.body);
    res.json(latency.spec);
  });
  router.post('/clock', (req, res) => {
    clock.advance(advance.parse(req.body).advanceMs);
    res.json({ now: new Date(clock.now()).toISOString() });
  });
  router.post('/reset', (_req, res) => {
    calls.reset();
    faults.clear();
    latency.spec = { kind: 'none' };
    res.json({});
  });
  router.get('/state', (_req, res) => {
    res.json({ now: new Date(clock.now()).toISOString(), ...controls.state() });
  });
  return router;
}

/** A wrong control request is the test's own mistake: it is told exactly what is wrong. */
export const renderControlErrors: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  res.status(400).json({ message });
};
