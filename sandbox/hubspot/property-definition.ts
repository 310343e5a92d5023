import { z } from 'zod';

/** Property types the API takes (README 18, source `spec`). */
const propertyTypes = [
  'bool',
  'date',
  'datetime',
  'enumeration',
  'number',
  'string',
  'phone_number',
] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** Form fields the API takes. */
const fieldTypes = [
  'booleancheckbox',
  'calculation_equation',
  'checkbox',
  'date',
  'file',
  'html',
  'number',
  'phonenumber',
  'radio',
  'select',
  'text',
  'textarea',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** Which form field may show which type; other pairs are refused since 2021 (README 18). */
export const fieldTypesOf: Readonly<Record<PropertyType, readonly FieldType[]>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  string: ['text', 'textarea', 'html', 'phonenumber', 'file', 'calculation_equation'],
  phone_number: ['phonenumber'],
};

export const optionInput = z.object({
  label: z.string().min(1),
  value: z.string().min(1),
  displayOrder: z.number().int().default(-1),
  hidden: z.boolean().default(false),
  description: z.string().optional(),
});
export type PropertyOption = Readonly<z.output<typeof optionInput>>;

// What a property holds whether it is just asked for or already there.
const commonFields = {
  label: z.string().min(1),
  groupName: z.string().min(1),
  type: z.enum(propertyTypes),
  fieldType: z.enum(fieldTypes),
  description: z.string().optional(),
  options: z.array(optionInput).optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  calculationFormula: z.string().optional(),
  showCurrencySymbol: z.boolean().optional(),
  numberDisplayHint: z.string().optional(),
};

/** Body of a create; five fields are required (README 18). */
export const propertyCreate = z.object({
  ...commonFields,
  name: z.string().min(1),
  hasUniqueValue: z.boolean().optional(),
  externalOptions: z.boolean().optional(),
  referencedObjectType: z.string().optional(),
  dataSensitivity: z.string().optional(),
});
export type PropertyCreate = Readonly<z.input<typeof propertyCreate>>;

/** Body of a PATCH. `options` replaces the whole list (README C11); uniqueness cannot change. */
export const propertyUpdate = z.object(commonFields).partial();
export type PropertyUpdate = Readonly<z.input<typeof propertyUpdate>>;

/** A property as the API shows it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly groupName: string;
  readonly type: PropertyType;
  readonly fieldType: FieldType;
  readonly description: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly hasUniqueValue: boolean;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly hubspotDefined: boolean;
  readonly archived: boolean;
  readonly archivedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly calculationFormula?: string;
  readonly referencedObjectType?: string;
  readonly showCurrencySymbol?: boolean;
  readonly numberDisplayHint?: string;
  readonly dataSensitivity: string;
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyValue: boolean;
    readonly readOnlyOptions?: boolean;
  };
}

/** A heading that properties stand under in HubSpot's settings. */
export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}
