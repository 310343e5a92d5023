import { conflict, notFound } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { PropertyGroup } from './property-definition.ts';
import { standardGroups } from './standard-properties.ts';

/** The headings that the properties of each object type stand under (README 18). */
export class PropertyGroups {
  readonly #groups = new Map<string, PropertyGroup>();

  has(type: ObjectType, name: string): boolean {
    return name === standardGroups[type] || this.#groups.has(key(type, name));
  }

  all(type: ObjectType): readonly PropertyGroup[] {
    const own = [...this.#groups].filter(([id]) => id.startsWith(`${type}/`));
    const standard = own.length > 0 && own.some(([id]) => id === key(type, standardGroups[type]));
    const groups = own.map(([, group]) => group);
    return standard ? groups : [standardGroup(type), ...groups];
  }

  get(type: ObjectType, name: string): PropertyGroup {
    const group = this.all(type).find((each) => each.name === name);
    if (group === undefined) throw notFound(`Property group ${name} does not exist.`);
    return group;
  }

  create(type: ObjectType, group: Omit<PropertyGroup, 'archived'>): PropertyGroup {
    if (this.has(type, group.name)) {
      throw conflict(`Property group named ${group.name} already exists.`);
    }
    return this.#save(type, { ...group, archived: false });
  }

  update(
    type: ObjectType,
    name: string,
    change: Partial<Pick<PropertyGroup, 'label' | 'displayOrder'>>,
  ): PropertyGroup {
    return this.#save(type, { ...this.get(type, name), ...change });
  }

  remove(type: ObjectType, name: string): void {
    this.get(type, name);
    this.#groups.delete(key(type, name));
  }

  #save(type: ObjectType, group: PropertyGroup): PropertyGroup {
    this.#groups.set(key(type, group.name), group);
    return group;
  }
}

function standardGroup(type: ObjectType): PropertyGroup {
  return {
    name: standardGroups[type],
    label: `${type} information`,
    displayOrder: 0,
    archived: false,
  };
}

function key(type: ObjectType, name: string): string {
  return `${type}/${name}`;
}
