import type { ObjectType } from './object-types.ts';
import type { FieldType, PropertyType } from './property-definition.ts';

/** A property that every portal is born with. */
export interface StandardProperty {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: FieldType;
  /** HubSpot computes it; a write is refused with READ_ONLY_VALUE. */
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  /** Allowed values; a property whose options live elsewhere (owners, stages) says `external`. */
  readonly options?: readonly string[];
  readonly external?: boolean;
}

/** The group that the standard properties of a type stand in. */
export const standardGroups: Readonly<Record<ObjectType, string>> = {
  contacts: 'contactinformation',
  companies: 'companyinformation',
  deals: 'dealinformation',
};

/** In the order in which a record moves through them; the API only moves it forward (README 10). */
export const lifecycleStages = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
] as const;

const leadStatuses = ['NEW', 'OPEN', 'IN_PROGRESS', 'OPEN_DEAL', 'UNQUALIFIED', 'CONNECTED'];
const bool = ['true', 'false'];

type Extra = Pick<StandardProperty, 'readOnly' | 'unique' | 'options' | 'external'>;

function text(name: string, label: string, extra: Extra = {}): StandardProperty {
  return { name, label, type: 'string', fieldType: 'text', ...extra };
}

function number(name: string, label: string, extra: Extra = {}): StandardProperty {
  return { name, label, type: 'number', fieldType: 'number', ...extra };
}

function instant(name: string, label: string, extra: Extra = {}): StandardProperty {
  return { name, label, type: 'datetime', fieldType: 'date', ...extra };
}

function choice(name: string, label: string, extra: Extra): StandardProperty {
  return { name, label, type: 'enumeration', fieldType: 'select', ...extra };
}

function yesNo(name: string, label: string, extra: Extra = {}): StandardProperty {
  return { name, label, type: 'bool', fieldType: 'booleancheckbox', options: bool, ...extra };
}

const computed = { readOnly: true } as const;

const everyType: readonly StandardProperty[] = [
  number('hs_object_id', 'Record ID', { readOnly: true, unique: true }),
  text('hs_merged_object_ids', 'Merged record IDs', computed),
  instant('hs_createdate', 'Object create date/time', computed),
  instant('hs_lastmodifieddate', 'Object last modified date/time', computed),
  choice('hubspot_owner_id', 'Owner', { external: true }),
];

/** On contacts and companies: what becomes of a customer, and HubSpot's own sums over its deals. */
const customerProperties: readonly StandardProperty[] = [
  choice('lifecyclestage', 'Lifecycle stage', { options: lifecycleStages }),
  choice('hs_lead_status', 'Lead status', { options: leadStatuses }),
  text('phone', 'Phone number'),
  text('address', 'Street address'),
  text('city', 'City'),
  text('state', 'State/Region'),
  text('zip', 'Postal code'),
  text('country', 'Country/Region'),
  text('website', 'Website URL'),
  instant('createdate', 'Create date', computed),
  number('num_associated_deals', 'Number of associated deals', computed),
  number('recent_deal_amount', 'Recent deal amount', computed),
  instant('recent_deal_close_date', 'Recent deal close date', computed),
  instant('first_deal_created_date', 'First deal created date', computed),
  number('total_revenue', 'Total revenue', computed),
  ...lifecycleStages.map((stage) =>
    instant(`hs_lifecyclestage_${stage}_date`, `Became a ${stage} date`, computed),
  ),
];

/** The standard properties that integrations meet most; a real portal has hundreds more. */
export const standardProperties: Readonly<Record<ObjectType, readonly StandardProperty[]>> = {
  contacts: [
    ...everyType,
    ...customerProperties,
    text('email', 'Email', { unique: true }),
    text('firstname', 'First name'),
    text('lastname', 'Last name'),
    text('mobilephone', 'Mobile phone number'),
    text('company', 'Company name'),
    text('jobtitle', 'Job title'),
    text('date_of_birth', 'Date of birth'),
    text('hs_additional_emails', 'Additional email addresses'),
    text('hs_calculated_merged_vids', 'Merged vids', computed),
    text('hs_legal_basis', "Legal basis for processing contact's data"),
    instant('lastmodifieddate', 'Last modified date', computed),
    number('hs_num_associated_open_deals', 'Number of open deals', computed),
    number('hubspotscore', 'HubSpot score', computed),
    yesNo('hs_email_optout', 'Unsubscribed from all email', computed),
  ],
  companies: [
    ...everyType,
    ...customerProperties,
    text('name', 'Company name'),
    text('domain', 'Company domain name'),
    text('description', 'Description'),
    text('industry', 'Industry'),
    number('annualrevenue', 'Annual revenue'),
    number('numberofemployees', 'Number of employees'),
    number('num_associated_contacts', 'Number of associated contacts', computed),
    number('hs_num_open_deals', 'Number of open deals', computed),
  ],
  deals: [
    ...everyType,
    text('dealname', 'Deal name'),
    text('description', 'Deal description'),
    number('amount', 'Amount'),
    instant('closedate', 'Close date'),
    instant('createdate', 'Create date'),
    choice('pipeline', 'Pipeline', { external: true }),
    choice('dealstage', 'Deal stage', { external: true }),
    choice('deal_currency_code', 'Currency', { external: true }),
    choice('dealtype', 'Deal type', { options: ['newbusiness', 'existingbusiness'] }),
    text('closed_won_reason', 'Closed won reason'),
    text('closed_lost_reason', 'Closed lost reason'),
    yesNo('hs_is_closed', 'Is deal closed?', computed),
    yesNo('hs_is_closed_won', 'Is closed won', computed),
    yesNo('hs_is_closed_lost', 'Is closed lost', computed),
    number('hs_deal_stage_probability', 'Deal probability', computed),
    number('amount_in_home_currency', 'Amount in company currency', computed),
    number('hs_closed_amount', 'Closed deal amount', computed),
    number('hs_closed_amount_in_home_currency', 'Closed amount in company currency', computed),
    number('hs_projected_amount', 'Weighted amount', computed),
    number('hs_projected_amount_in_home_currency', 'Weighted in company currency', computed),
    number('num_associated_contacts', 'Number of associated contacts', computed),
  ],
};
