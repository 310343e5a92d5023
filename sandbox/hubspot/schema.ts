import { withoutUndefined } from '../kit/without-undefined.ts';
import { conflict, notFound, validationError } from './errors.ts';
import { OBJECT_TYPES, type ObjectType } from './object-types.ts';
import {
  optionInput,
  type PropertyCreate,
  type PropertyDefinition,
  type PropertyUpdate,
} from './property-definition.ts';
import { PropertyGroups } from './property-groups.ts';
import { checkDefinition, checkPropertyName, checkRoom } from './property-rules.ts';
import { type PropertyProblem, valueProblem } from './property-values.ts';
import { newDefinition, standardDefinition } from './schema-definitions.ts';
import { standardGroups, standardProperties } from './standard-properties.ts';

/** Allowed values that live outside the schema: stages, pipelines, currencies. */
export type ExternalOptions = (
  type: ObjectType,
  property: string,
) => ReadonlySet<string> | undefined;

/** Every option has a default, so that a test may build a bare schema. */
export interface PropertySchemaOptions {
  /** Default `Date.now`. */
  readonly clock?: () => number;
  /** Default: any value goes. A portal passes `externalOptions(pipelines, currencies)`. */
  readonly externalOptions?: ExternalOptions;
  /** Custom properties allowed on one object type; really unknown (README C12). Default 1,000. */
  readonly maxCustomProperties?: number;
}

type Definitions = Map<string, PropertyDefinition>;

/** The properties and groups of a portal, and what may be written into them (README 18). */
export class PropertySchema {
  readonly groups = new PropertyGroups();
  readonly maxCustomProperties: number;
  readonly #clock: () => number;
  readonly #externalOptions: ExternalOptions;
  readonly #definitions: Readonly<Record<ObjectType, Definitions>>;
  // Rebuilding a set of options for each of a million values would cost more than the write.
  readonly #optionSets = new WeakMap<PropertyDefinition, ReadonlySet<string>>();

  constructor(options: PropertySchemaOptions = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#externalOptions = options.externalOptions ?? (() => undefined);
    this.maxCustomProperties = options.maxCustomProperties ?? 1_000;
    const seed = (type: ObjectType) => this.#standard(type);
    this.#definitions = {
      contacts: seed('contacts'),
      companies: seed('companies'),
      deals: seed('deals'),
    };
  }

  /** The live property of that name; to a record an archived one is as good as absent. */
  definition(type: ObjectType, name: string): PropertyDefinition | undefined {
    const found = this.#definitions[type].get(name);
    return found === undefined || found.archived ? undefined : found;
  }

  definitions(type: ObjectType, archived = false): readonly PropertyDefinition[] {
    return [...this.#definitions[type].values()].filter((each) => each.archived === archived);
  }

  /** The live or the archived property of that name, as asked; 404 for any other. */
  get(type: ObjectType, name: string, archived = false): PropertyDefinition {
    const found = this.#definitions[type].get(name);
    if (found?.archived === archived) return found;
    throw notFound(`Property ${name} does not exist.`);
  }

  custom(type: ObjectType): readonly PropertyDefinition[] {
    return this.definitions(type).filter((each) => !each.hubspotDefined);
  }

  /** Everything that keeps these values from being written; nothing when the write may go ahead. */
  validateWrite(
    type: ObjectType,
    properties: Readonly<Record<string, string | null>>,
  ): readonly PropertyProblem[] {
    const problems: PropertyProblem[] = [];
    for (const [name, value] of Object.entries(properties)) {
      const problem = this.#problem(type, name, value ?? '');
      if (problem !== undefined) problems.push(problem);
    }
    return problems;
  }

  /** 409 when the name is taken, also by an archived property (README C11). */
  create(type: ObjectType, wanted: PropertyCreate): PropertyDefinition {
    checkPropertyName(wanted.name);
    if (this.#definitions[type].has(wanted.name)) {
      throw conflict(`Property named ${wanted.name} already exists.`);
    }
    checkRoom(this.custom(type), wanted.hasUniqueValue ?? false, this.maxCustomProperties);
    return this.#save(type, newDefinition(wanted, this.#now()));
  }

  /** `options`, when given, replaces the whole list. */
  update(type: ObjectType, name: string, change: PropertyUpdate): PropertyDefinition {
    const current = this.get(type, name);
    if (current.modificationMetadata.readOnlyDefinition) {
      throw validationError(`Property ${name} is defined by HubSpot and cannot be changed.`);
    }
    const { options, ...rest } = withoutUndefined(change);
    const replaced = options?.map((option) => optionInput.parse(option)) ?? current.options;
    return this.#save(type, { ...current, ...rest, options: replaced, updatedAt: this.#now() });
  }

  /** Deleting is archiving; archiving twice is no error. */
  archive(type: ObjectType, name: string): void {
    const current = this.#definitions[type].get(name);
    if (current === undefined) throw notFound(`Property ${name} does not exist.`);
    if (!current.modificationMetadata.archivable) {
      throw validationError(`Property ${name} is defined by HubSpot and cannot be deleted.`);
    }
    this.#save(type, { ...current, archived: true, archivedAt: this.#now() });
  }

  /** Refused while live properties stand in the group. */
  archiveGroup(type: ObjectType, name: string): void {
    if (this.definitions(type).some((each) => each.groupName === name)) {
      throw validationError(`Property group ${name} still has properties.`);
    }
    this.groups.remove(type, name);
  }

  #problem(type: ObjectType, name: string, value: string): PropertyProblem | undefined {
    const definition = this.definition(type, name);
    if (definition === undefined) {
      const message = `Property "${name}" does not exist`;
      return { name, code: 'PROPERTY_DOESNT_EXIST', message };
    }
    if (definition.modificationMetadata.readOnlyValue) {
      const message = `"${name}" is a read only property; its value cannot be set.`;
      return { name, code: 'READ_ONLY_VALUE', message };
    }
    return valueProblem(definition, value, this.#options(type, definition));
  }

  #options(type: ObjectType, definition: PropertyDefinition): ReadonlySet<string> | undefined {
    if (definition.externalOptions) return this.#externalOptions(type, definition.name);
    if (definition.type !== 'enumeration' && definition.type !== 'bool') return undefined;
    const known = this.#optionSets.get(definition);
    if (known !== undefined) return known;
    const values = definition.options.map((option) => option.value);
    const options = new Set(definition.type === 'bool' ? ['true', 'false'] : values);
    this.#optionSets.set(definition, options);
    return options;
  }

  #save(type: ObjectType, definition: PropertyDefinition): PropertyDefinition {
    checkDefinition(definition);
    if (!this.groups.has(type, definition.groupName)) {
      throw validationError(`Property group ${definition.groupName} does not exist.`);
    }
    this.#definitions[type].set(definition.name, definition);
    return definition;
  }

  #standard(type: ObjectType): Definitions {
    const now = this.#now();
    const group = standardGroups[type];
    return new Map(
      standardProperties[type].map((each) => [each.name, standardDefinition(each, group, now)]),
    );
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}

/** For a caller that wants every type at once, such as the limits endpoint. */
export function customPropertyUsage(schema: PropertySchema): ReadonlyMap<ObjectType, number> {
  return new Map(OBJECT_TYPES.map((type) => [type, schema.custom(type).length]));
}
