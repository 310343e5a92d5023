import { Router } from 'express';
import { invalidModule } from './errors.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { parameter, pathPart } from './parameters.ts';

interface Usage {
  readonly label: string;
  readonly limit: number;
  readonly used: number;
}

type Measure = (org: Org, module: ModuleName) => Usage;

/** What an edition counts, by the name that `api_names` asks for. */
const measures: Readonly<Record<string, Measure>> = {
  custom_field: ({ schema }, module) => ({
    label: 'Custom Fields',
    limit: schema.limits.customFields,
    used: schema.fields(module).filter(({ isCustom }) => isCustom).length,
  }),
  unique_field: ({ schema }, module) => ({
    label: 'Unique Fields',
    limit: schema.limits.uniqueFields,
    used: schema.fields(module).filter(({ isCustom, isUnique }) => isCustom && isUnique).length,
  }),
  tag: ({ tags }, module) => ({
    label: 'Tags',
    limit: tags.caps.perModule,
    used: tags.all(module).length,
  }),
};

/** How much of what the edition allows is used (facts §6): ask this, not a table of editions. */
export function featuresRouter(org: Org): Router {
  const router = Router();
  router.get(['/__features', '/__features/:name'], (req, res) => {
    const module = parameter(req, 'module') ?? 'Contacts';
    if (!isModuleName(module)) throw invalidModule();
    const asked = pathPart(req, 'name') || parameter(req, 'api_names');
    const names = asked?.split(',') ?? Object.keys(measures);
    const features = names.flatMap((name) => {
      const measure = measures[name];
      return measure === undefined ? [] : [featureWire(name, measure(org, module))];
    });
    if (features.length === 0) {
      res.status(204).end();
      return;
    }
    const info = { per_page: 200, count: features.length, page: 1, more_records: false };
    res.json({ __features: features, info });
  });
  return router;
}

function featureWire(name: string, { label, limit, used }: Usage) {
  return {
    api_name: name,
    feature_label: label,
    parent_feature: null,
    module_supported: true,
    components: [],
    details: {
      limits: { total: limit, edition_limit: limit },
      used_count: { total: used },
      available_count: { total: Math.max(0, limit - used) },
    },
  };
}
