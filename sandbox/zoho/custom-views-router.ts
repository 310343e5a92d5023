import { Router } from 'express';
import type { CustomView } from './custom-views.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { invalidParameter, moduleParameter, pathPart } from './parameters.ts';
import { shownTimeZone, userView } from './record-view.ts';

type Wire = Readonly<Record<string, unknown>>;

/** Reading views. There is no way to create one (facts §6): people do (`CustomViews.create`). */
export function customViewsRouter(org: Org): Router {
  const router = Router();
  router.get('/settings/custom_views', (req, res) => {
    const views = org.customViews.all(moduleParameter(req));
    const info = { per_page: 200, page: 1, count: views.length, more_records: false };
    const first = views.find((view) => view.isSystem);
    res.json({
      custom_views: views.map((view) => viewWire(org, view)),
      info: { ...info, default: first?.id ?? null },
    });
  });
  router.get('/settings/custom_views/:id', (req, res) => {
    const module = moduleParameter(req);
    const view = org.customViews.byId(pathPart(req, 'id'));
    if (view?.module !== module) throw invalidParameter('id');
    res.json({ custom_views: [viewWire(org, view)] });
  });
  return router;
}

function viewWire(org: Org, view: CustomView): Wire {
  const { id, module, name, isSystem, createdAt } = view;
  const at = instantText(createdAt, shownTimeZone(org));
  const by = isSystem ? null : userView(org, org.users.other.id);
  return {
    ...{ id, name, display_value: name, system_name: isSystem ? name.toUpperCase() : null },
    ...{ system_defined: isSystem, default: isSystem, favorite: null, offline: true },
    ...{ access_type: 'public', category: isSystem ? 'public_views' : 'created_by_me' },
    module: { id: org.catalog.get(module).id, api_name: module },
    fields: view.fields.map((apiName) => ({
      api_name: apiName,
      id: org.schema.field(module, apiName)?.id ?? null,
    })),
    criteria: criteriaWire(org, view),
    ...{ created_time: at, modified_time: at, last_accessed_time: null },
    ...{ created_by: by, modified_by: by },
    ...{ sort_by: null, sort_order: null, shared_to: null },
  };
}

function criteriaWire(org: Org, { module, criteria }: CustomView): Wire | null {
  const leaves = criteria.map(({ field, comparator, value }) => ({
    comparator,
    field: { api_name: field, id: org.schema.field(module, field)?.id ?? null },
    value,
  }));
  const [first] = leaves;
  if (first === undefined) return null;
  return leaves.length === 1 ? first : { group_operator: 'and', group: leaves };
}
