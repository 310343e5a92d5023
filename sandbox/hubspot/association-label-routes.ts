import type { Router } from 'express';
import { changedLabel, newLabel } from './association-bodies.ts';
import { wireType } from './association-wire.ts';
import { plainType } from './association-writer.ts';
import { parseInput } from './body.ts';
import { conflict, notFound } from './errors.ts';
import type { Portal } from './portal.ts';
import { objectTypeOf } from './record-lookup.ts';

/** The labels of a pair of object types; HubSpot's own cannot be changed. */
export function addLabelRoutes(router: Router, portal: Portal): void {
  const { types } = portal.associations;

  router.get('/:from/:to/labels', (req, res) => {
    const found = types.between(objectTypeOf(req.params.from), objectTypeOf(req.params.to));
    res.json({ results: found.map(wireType) });
  });

  router.post('/:from/:to/labels', (req, res) => {
    const from = objectTypeOf(req.params.from);
    const to = objectTypeOf(req.params.to);
    const { name, label, inverseLabel } = parseInput(newLabel, req.body);
    plainType(portal, from, to);
    if (types.between(from, to).some((type) => type.name === name))
      throw conflict(`An association label named ${name} already exists.`);
    res.json({ results: types.create(from, to, { name, label, inverseLabel }).map(wireType) });
  });

  router.put('/:from/:to/labels', (req, res) => {
    const { associationTypeId, label, inverseLabel } = parseInput(changedLabel, req.body);
    if (!types.rename(associationTypeId, label, inverseLabel)) throw notFound();
    res.status(204).end();
  });

  router.delete('/:from/:to/labels/:typeId', (req, res) => {
    if (!types.remove(Number(req.params.typeId))) throw notFound();
    res.status(204).end();
  });
}
