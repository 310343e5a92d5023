import { Router } from 'express';
import { ZohoError } from './errors.ts';
import { instantText, parseInstant } from './instant.ts';
import { isModuleName, type ModuleName, moduleNames } from './module-names.ts';
import type { Org } from './org.ts';
import { pathPart } from './parameters.ts';
import { shownTimeZone, userView } from './record-view.ts';

type Wire = Readonly<Record<string, unknown>>;

/** What modules there are. With If-Modified-Since: those whose fields changed since, or 304. */
export function modulesRouter(org: Org): Router {
  const router = Router();
  router.get('/settings/modules', (req, res) => {
    const since = parseInstant(req.get('if-modified-since') ?? '');
    const changed = moduleNames.filter((module) => isChanged(org, module, since));
    if (changed.length === 0) {
      res.status(304).end();
      return;
    }
    res.json({ modules: changed.map((module) => moduleWire(org, module)) });
  });
  router.get('/settings/modules/:module', (req, res) => {
    const module = pathPart(req, 'module');
    const name = isModuleName(module) ? module : moduleById(org, module);
    res.json({ modules: [moduleWire(org, name)] });
  });
  return router;
}

function isChanged(org: Org, module: ModuleName, since: number | undefined): boolean {
  return since === undefined || (org.schema.changedAt(module) ?? 0) > since;
}

function moduleById(org: Org, id: string): ModuleName {
  const module = moduleNames.find((name) => org.catalog.get(name).id === id);
  if (module === undefined)
    throw new ZohoError(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
      resource_path_index: 2,
    });
  return module;
}

function moduleWire(org: Org, module: ModuleName): Wire {
  const { id, labels } = org.catalog.get(module);
  const changedAt = org.schema.changedAt(module);
  const capabilities = [
    ...['api_supported', 'creatable', 'editable', 'deletable', 'viewable', 'visible'],
    ...['global_search_supported', 'quick_create', 'triggers_supported', 'show_as_tab'],
    ...['filter_supported', 'feeds_required', 'webform_supported', 'scoring_supported'],
  ];
  return {
    id,
    api_name: module,
    module_name: labels.plural,
    singular_label: labels.singular,
    plural_label: labels.plural,
    generated_type: 'default',
    status: 'visible',
    sequence_number: moduleNames.indexOf(module) + 1,
    ...Object.fromEntries(capabilities.map((name) => [name, name !== 'feeds_required'])),
    visibility: 1,
    convertable: module === 'Leads',
    profiles: org.users.profiles().map((profile) => ({ ...profile })),
    profile_count: org.users.profiles().length,
    modified_time: changedAt === undefined ? null : instantText(changedAt, shownTimeZone(org)),
    modified_by: changedAt === undefined ? null : userView(org, org.users.current.id),
    arguments: [],
    parent_module: {},
  };
}
