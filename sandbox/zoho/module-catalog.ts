import type { IdSequence } from './id-sequence.ts';
import { isModuleName, type ModuleName, moduleNames } from './module-names.ts';

/** A list on a record's page: its api name in paths, and whose records are in it. */
export interface RelatedList {
  readonly id: string;
  readonly apiName: string;
  readonly module: ModuleName;
}

interface ModuleEntry {
  readonly id: string;
  readonly layoutId: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly relatedLists: readonly RelatedList[];
}

type ListNames = readonly (readonly [apiName: string, module: ModuleName])[];

const relatedLists: Readonly<Record<ModuleName, ListNames>> = {
  Leads: [['Campaigns', 'Campaigns']],
  Contacts: [
    ['Deals', 'Deals'],
    ['Campaigns', 'Campaigns'],
  ],
  Accounts: [
    ['Contacts', 'Contacts'],
    ['Deals', 'Deals'],
  ],
  Deals: [['Contact_Roles', 'Contacts']],
  Campaigns: [
    ['Leads', 'Leads'],
    ['Contacts', 'Contacts'],
  ],
};

/** What there is to know of each module besides its fields. */
export class ModuleCatalog {
  readonly #entries = new Map<ModuleName, ModuleEntry>();

  constructor(ids: IdSequence) {
    for (const module of moduleNames)
      this.#entries.set(module, {
        id: ids.take(),
        layoutId: ids.take(),
        labels: { singular: module.replace(/s$/, ''), plural: module },
        relatedLists: relatedLists[module].map(([apiName, leadsTo]) => ({
          ...{ id: ids.take(), apiName, module: leadsTo },
        })),
      });
  }

  get(module: ModuleName): ModuleEntry {
    const entry = this.#entries.get(module);
    if (entry === undefined) throw new RangeError(`There is no module ${module}.`);
    return entry;
  }

  /** By a name that may be no module's. */
  find(name: string): ModuleEntry | undefined {
    return isModuleName(name) ? this.#entries.get(name) : undefined;
  }

  /** Deals may be called Opportunities; the api name stays (facts §9). */
  rename(module: ModuleName, labels: ModuleEntry['labels']): void {
    this.#entries.set(module, { ...this.get(module), labels });
  }

  byLayout(layoutId: string): ModuleName | undefined {
    return moduleNames.find((module) => this.get(module).layoutId === layoutId);
  }
}
