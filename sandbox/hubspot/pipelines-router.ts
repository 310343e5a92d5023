import express from 'express';
import { parseInput } from './body.ts';
import { pipelineInput, pipelinePatch, stageInput, stagePatch } from './pipeline.ts';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';

/** `/crm/pipelines`: no paging, everything at once (README 25). The audits are always empty. */
export function pipelinesRouter({ pipelines }: Portal): express.Router {
  const router = express.Router();

  router.get('/:type', (req, res) => {
    res.json({ results: pipelines.all(objectTypeOf(req.params.type)) });
  });
  router.post('/:type', (req, res) => {
    const input = parseInput(pipelineInput, req.body);
    res.status(201).json(pipelines.create(objectTypeOf(req.params.type), input));
  });
  router.get('/:type/:id', (req, res) => {
    res.json(pipelines.get(objectTypeOf(req.params.type), req.params.id));
  });
  router.put('/:type/:id', (req, res) => {
    const input = parseInput(pipelineInput, req.body);
    res.json(pipelines.replace(objectTypeOf(req.params.type), req.params.id, input));
  });
  router.patch('/:type/:id', (req, res) => {
    const patch = parseInput(pipelinePatch, req.body);
    res.json(pipelines.update(objectTypeOf(req.params.type), req.params.id, patch));
  });
  router.delete('/:type/:id', (req, res) => {
    pipelines.remove(objectTypeOf(req.params.type), req.params.id);
    res.status(204).end();
  });
  router.get('/:type/:id/audit', (_req, res) => {
    res.json({ results: [] });
  });

  router.get('/:type/:id/stages', (req, res) => {
    res.json({ results: pipelines.get(objectTypeOf(req.params.type), req.params.id).stages });
  });
  router.post('/:type/:id/stages', (req, res) => {
    const { type, id } = req.params;
    const input = parseInput(stageInput, req.body);
    res.status(201).json(pipelines.createStage(objectTypeOf(type), id, input));
  });
  router.get('/:type/:id/stages/:stageId', (req, res) => {
    const { type, id, stageId } = req.params;
    res.json(pipelines.stage(objectTypeOf(type), id, stageId));
  });
  router.put('/:type/:id/stages/:stageId', (req, res) => {
    const { type, id, stageId } = req.params;
    const patch = parseInput(stageInput, req.body);
    res.json(pipelines.updateStage(objectTypeOf(type), id, stageId, patch));
  });
  router.patch('/:type/:id/stages/:stageId', (req, res) => {
    const { type, id, stageId } = req.params;
    const patch = parseInput(stagePatch, req.body);
    res.json(pipelines.updateStage(objectTypeOf(type), id, stageId, patch));
  });
  router.delete('/:type/:id/stages/:stageId', (req, res) => {
    const { type, id, stageId } = req.params;
    pipelines.removeStage(objectTypeOf(type), id, stageId);
    res.status(204).end();
  });
  router.get('/:type/:id/stages/:stageId/audit', (_req, res) => {
    res.json({ results: [] });
  });
  return router;
}
