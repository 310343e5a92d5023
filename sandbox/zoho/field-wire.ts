import type { DataType, FieldDefinition, PickListValue } from './field.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';

type Wire = Readonly<Record<string, unknown>>;

const jsonTypes: Readonly<Partial<Record<DataType, string>>> = {
  ...{ boolean: 'boolean', integer: 'integer', double: 'double', currency: 'double' },
  ...{ percent: 'double', multiselectpicklist: 'jsonarray' },
  ...{ lookup: 'jsonobject', ownerlookup: 'jsonobject', userlookup: 'jsonobject' },
};

/** One field as `GET /settings/fields` shows it. */
export function fieldWire(org: Org, module: ModuleName, field: FieldDefinition): Wire {
  const writable = !field.isReadOnly;
  return {
    id: field.id,
    ...names(field),
    data_type: field.dataType,
    json_type: field.apiName === 'Tag' ? 'jsonarray' : (jsonTypes[field.dataType] ?? 'string'),
    length: field.length,
    custom_field: field.isCustom,
    created_source: field.isCustom ? 'default' : 'system',
    system_mandatory: field.isMandatory,
    read_only: field.isReadOnly,
    field_read_only: field.isReadOnly,
    visible: true,
    type: 'used',
    webhook: true,
    searchable: true,
    filterable: field.apiName !== 'Tag',
    sortable: field.dataType !== 'textarea',
    mass_update: writable && !field.isUnique,
    virtual_field: field.apiName === 'Full_Name',
    operation_type: {
      ...{ web_update: writable, web_create: writable },
      ...{ api_update: writable, api_create: writable },
    },
    view_type: { view: true, edit: writable, quick_create: false, create: writable },
    unique: field.isUnique ? { casesensitive: 'false' } : {},
    profiles: org.users.profiles().map(({ id, name }) => ({
      ...{ id, name, permission_type: writable ? 'read_write' : 'read_only' },
    })),
    pick_list_values: field.pickList.map((value, index) => valueWire(org, field, value, index)),
    lookup: lookupWire(org, module, field),
    decimal_place: ['double', 'currency', 'percent'].includes(field.dataType) ? 2 : null,
    currency: field.dataType === 'currency' ? { rounding_option: 'normal', precision: 2 } : {},
    multiselectlookup: {},
    formula: {},
    default_value: null,
  };
}

function names({ apiName, label }: FieldDefinition): Wire {
  return { api_name: apiName, field_label: label, display_label: label };
}

function valueWire(org: Org, field: FieldDefinition, value: PickListValue, index: number): Wire {
  const shown = {
    id: value.id,
    display_value: value.displayValue,
    actual_value: value.actualValue,
    reference_value: value.actualValue,
    sequence_number: index + 1,
    colour_code: null,
    type: 'used',
  };
  const stage = field.apiName === 'Stage' ? org.pipelines.stage(value.actualValue) : undefined;
  if (stage === undefined) return shown;
  return { ...shown, probability: stage.probability, forecast_type: stage.forecastType };
}

function lookupWire(
  org: Org,
  module: ModuleName,
  { lookup, label, apiName, id }: FieldDefinition,
): Wire {
  if (lookup === null) return {};
  const leadsTo = org.catalog.find(lookup);
  return {
    id,
    display_label: label,
    api_name: `${module}_${apiName}`,
    module: { id: leadsTo?.id ?? null, api_name: lookup },
  };
}
