import type { ConnectorModule } from '../src/connector/connector.ts';
import { hubspot } from './hubspot/connector.ts';
import { zoho } from './zoho/connector.ts';

const modules: readonly ConnectorModule[] = [hubspot, zoho];

/** Every CRM there is a connector for, by the name in `crm:` of `config/assay.yaml`. */
export const connectors: ReadonlyMap<string, ConnectorModule> = new Map(
  modules.map((module) => [module.crm, module]),
);
