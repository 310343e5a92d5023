import type { Currencies } from './currencies.ts';
import { invalidId } from './errors.ts';
import type { FieldDefinition, PickListValue } from './field.ts';
import { type FieldLimits, fieldLimits } from './field-limits.ts';
import { apiNameOf, freeName } from './field-names.ts';
import {
  checkLabel,
  checkNewField,
  type FieldPatch,
  invalid,
  type NewField,
} from './field-rules.ts';
import type { IdSequence } from './id-sequence.ts';
import { type ModuleName, moduleNames } from './module-names.ts';
import type { OrgOptions } from './org-options.ts';
import { patchedPickList } from './pick-list.ts';
import type { Pipelines } from './pipelines.ts';
import { type StandardField, standardFields, usualLength } from './standard-fields.ts';

const ofCurrency: ReadonlySet<string> = new Set(['Currency', 'Exchange_Rate']);

/** The fields of every module. */
export class FieldSchema {
  /** What the edition allows, per module. */
  readonly limits: FieldLimits;
  readonly #ids: IdSequence;
  readonly #pipelines: Pipelines;
  readonly #options: OrgOptions;
  readonly #currencies: Currencies;
  // Asked for every value of every record: by api name, in the order of creation.
  readonly #fields = new Map<ModuleName, Map<string, FieldDefinition>>();
  readonly #changedAt = new Map<ModuleName, number>();
  #stages: { readonly from: object; readonly values: readonly PickListValue[] } | null = null;

  constructor(ids: IdSequence, pipelines: Pipelines, options: OrgOptions, currencies: Currencies) {
    this.#ids = ids;
    this.#pipelines = pipelines;
    this.#options = options;
    this.#currencies = currencies;
    this.limits = fieldLimits(options.edition, options.customFieldLimit);
    for (const module of moduleNames) {
      const present = standardFields[module].filter(
        ({ apiName }) => currencies.isMulti || !ofCurrency.has(apiName),
      );
      const built = present.map((field) => [field.apiName, this.#standard(field)] as const);
      this.#fields.set(module, new Map(built));
    }
  }

  /** Hidden ones too. */
  fields(module: ModuleName): readonly FieldDefinition[] {
    return [...this.#of(module).values()].map((field) => this.#withValues(module, field));
  }

  /** Those that the profile of the token's user may see. */
  visible(module: ModuleName): readonly FieldDefinition[] {
    return this.fields(module).filter((field) => !field.isHidden);
  }

  /** By api name; hidden ones too. */
  field(module: ModuleName, apiName: string): FieldDefinition | undefined {
    const field = this.#of(module).get(apiName);
    return field && this.#withValues(module, field);
  }

  byId(module: ModuleName, id: string): FieldDefinition | undefined {
    return this.fields(module).find((field) => field.id === id);
  }

  /** Epoch milliseconds; nothing while the fields are as the org was born with them. */
  changedAt(module: ModuleName): number | undefined {
    return this.#changedAt.get(module);
  }

  create(module: ModuleName, input: NewField): FieldDefinition {
    checkNewField(input, this.fields(module), this.limits);
    const field: FieldDefinition = {
      id: this.#ids.take(),
      apiName: this.#freeApiName(module, input.label),
      label: input.label.trim(),
      dataType: input.dataType,
      length: input.length ?? usualLength(input.dataType),
      isCustom: true,
      isReadOnly: input.dataType === 'autonumber',
      isMandatory: false,
      isUnique: input.isUnique ?? false,
      isHidden: false,
      pickList: (input.pickList ?? []).map((value) => this.#value(value)),
      lookup: input.lookup ?? null,
    };
    this.#of(module).set(field.apiName, field);
    this.#noteChange(module);
    return field;
  }

  update(module: ModuleName, id: string, patch: FieldPatch): FieldDefinition {
    const field = this.#require(module, id);
    const { label = field.label, apiName = field.apiName, length = field.length } = patch;
    if (label.toLowerCase() !== field.label.toLowerCase()) checkLabel(label, this.fields(module));
    if (apiName !== field.apiName && this.#of(module).has(apiName)) throw invalid('api_name');
    const pickList = patchedPickList(field.pickList, patch.pickList ?? [], () => this.#ids.take());
    return this.#replace(module, field, { ...field, label, apiName, length, pickList });
  }

  /** Values that records have of it are theirs no more: they are not shown again. */
  delete(module: ModuleName, id: string): FieldDefinition {
    const field = this.#require(module, id);
    if (!field.isCustom) throw invalid('id');
    this.#of(module).delete(field.apiName);
    this.#noteChange(module);
    return field;
  }

  /** As an admin takes a field from the profile of the token's user, or gives it back. */
  hide(module: ModuleName, id: string, isHidden: boolean): void {
    const field = this.#require(module, id);
    this.#replace(module, field, { ...field, isHidden });
  }

  #require(module: ModuleName, id: string): FieldDefinition {
    const field = this.byId(module, id);
    if (field === undefined) throw invalidId();
    return field;
  }

  #replace(module: ModuleName, old: FieldDefinition, field: FieldDefinition): FieldDefinition {
    const kept = [...this.#of(module).values()].map((each) => (each.id === old.id ? field : each));
    this.#fields.set(module, new Map(kept.map((each) => [each.apiName, each])));
    this.#noteChange(module);
    return field;
  }

  #noteChange(module: ModuleName): void {
    this.#changedAt.set(module, this.#options.clock());
  }

  #freeApiName(module: ModuleName, label: string): string {
    const isTaken = (name: string) => this.#of(module).has(name);
    const name = apiNameOf(label);
    if (name !== '') return freeName(name, isTaken);
    if (this.#options.otherScripts === 'refuse') throw invalid('field_label');
    return freeName('field', isTaken);
  }

  #standard({ apiName, pickList, ...field }: StandardField): FieldDefinition {
    const values = pickList.map((text) => ({ actualValue: text, displayValue: text }));
    const nature = { isCustom: false, isUnique: false, isHidden: false };
    const label = apiName.replace(/__s$/, '').replaceAll('_', ' ');
    const withIds = values.map((value) => this.#value(value));
    return { id: this.#ids.take(), apiName, label, ...field, ...nature, pickList: withIds };
  }

  #value(value: Omit<PickListValue, 'id'>): PickListValue {
    return { id: this.#ids.take(), ...value };
  }

  /** Stages, pipelines and currencies are kept elsewhere and change there. */
  #withValues(module: ModuleName, field: FieldDefinition): FieldDefinition {
    if (field.apiName === 'Currency' && !field.isCustom)
      return { ...field, pickList: this.#currencyValues() };
    if (module !== 'Deals' || field.isCustom) return field;
    if (field.apiName === 'Stage') return { ...field, pickList: this.#stageValues() };
    if (field.apiName === 'Pipeline') return { ...field, pickList: this.#pipelines.all() };
    return field;
  }

  #currencyValues(): readonly PickListValue[] {
    return this.#currencies
      .all()
      .map(({ id, iso }) => ({ id, actualValue: iso, displayValue: iso }));
  }

  #stageValues(): readonly PickListValue[] {
    const stages = this.#pipelines.stages();
    if (this.#stages?.from !== stages)
      this.#stages = { from: stages, values: [...stages.values()] };
    return this.#stages.values;
  }

  #of(module: ModuleName): Map<string, FieldDefinition> {
    return this.#fields.get(module) ?? new Map();
  }
}
