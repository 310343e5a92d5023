import { type Request, Router } from 'express';
import { fieldWire } from './field-wire.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { invalidParameter, moduleParameter, pathPart, requiredParameter } from './parameters.ts';

type Wire = Readonly<Record<string, unknown>>;

/** One layout a module, with all its visible fields; the lists on a record's page; the pipelines. */
export function layoutsRouter(org: Org): Router {
  const router = Router();
  router.get('/settings/layouts', (req, res) => {
    res.json({ layouts: [layoutWire(org, moduleParameter(req))] });
  });
  router.get('/settings/layouts/:id', (req, res) => {
    const module = moduleParameter(req);
    if (org.catalog.get(module).layoutId !== pathPart(req, 'id')) throw invalidParameter('id');
    res.json({ layouts: [layoutWire(org, module)] });
  });
  router.get('/settings/related_lists', (req, res) => {
    res.json({ related_lists: relatedListsWire(org, moduleParameter(req)) });
  });
  router.get('/settings/pipeline', (req, res) => {
    checkDealLayout(org, req);
    res.json({ pipeline: pipelinesWire(org) });
  });
  router.get('/settings/pipeline/:id', (req, res) => {
    checkDealLayout(org, req);
    const found = pipelinesWire(org).filter((pipeline) => pipeline['id'] === pathPart(req, 'id'));
    if (found.length === 0) throw invalidParameter('id');
    res.json({ pipeline: found });
  });
  return router;
}

function layoutWire(org: Org, module: ModuleName): Wire {
  const { layoutId } = org.catalog.get(module);
  const fields = org.schema.visible(module).map((field, index) => ({
    ...fieldWire(org, module, field),
    required: field.isMandatory,
    sequence_number: index + 1,
  }));
  const names = { name: `${module} Information`, display_label: `${module} Information` };
  const section = { api_name: `${module}_Information`, sequence_number: 1, column_count: 2 };
  const kind = { type: 'used', generated_type: 'default', isSubformSection: false };
  return {
    id: layoutId,
    ...{ name: 'Standard', display_label: 'Standard', api_name: 'Standard' },
    ...{ status: 'active', visible: true, source: 'crm', generated_type: 'default' },
    ...{ created_time: null, modified_time: null, created_by: null, modified_by: null },
    profiles: org.users.profiles().map((profile) => ({ ...profile, default: true })),
    sections: [{ ...names, ...section, ...kind, fields }],
  };
}

function relatedListsWire(org: Org, module: ModuleName): readonly Wire[] {
  return org.catalog.get(module).relatedLists.map(({ id, apiName, module: leadsTo }, index) => ({
    id,
    api_name: apiName,
    name: apiName,
    display_label: apiName.replaceAll('_', ' '),
    sequence_number: String(index + 1),
    href: `${module}/{ENTITYID}/${apiName}`,
    module: { id: org.catalog.get(leadsTo).id, api_name: leadsTo },
    ...{ type: 'default', action: null, visible: true, status: 'visible', fields: [] },
    ...{ connectedmodule: null, linkingmodule: null, customize_fields: false },
  }));
}

// Pipelines belong to a layout, and only deals have any (facts §9).
function checkDealLayout(org: Org, req: Request): void {
  const module = org.catalog.byLayout(requiredParameter(req, 'layout_id'));
  if (module !== 'Deals') throw invalidParameter('layout_id');
}

function pipelinesWire(org: Org): readonly Wire[] {
  return org.pipelines.all().map((pipeline) => ({
    id: pipeline.id,
    display_value: pipeline.displayValue,
    actual_value: pipeline.actualValue,
    default: pipeline.isDefault,
    child_available: false,
    parent: null,
    maps: pipeline.stages.map((stage, index) => ({
      id: stage.id,
      display_value: stage.displayValue,
      actual_value: stage.actualValue,
      sequence_number: index + 1,
      forecast_type: stage.forecastType,
      forecast_category: categories[stage.forecastType],
      colour_code: null,
      delete: false,
    })),
  }));
}

const categories = {
  Open: { name: 'Pipeline', id: '5725767000000000101' },
  'Closed Won': { name: 'Closed', id: '5725767000000000102' },
  'Closed Lost': { name: 'Omitted', id: '5725767000000000103' },
} as const;
