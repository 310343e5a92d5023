import type { DataType } from './field.ts';
import type { ModuleName } from './module-names.ts';

/** A field that every org has, before it gets an id. */
export interface StandardField {
  readonly apiName: string;
  readonly dataType: DataType;
  readonly length: number;
  readonly isReadOnly: boolean;
  readonly isMandatory: boolean;
  readonly lookup: string | null;
  readonly pickList: readonly string[];
}

type Rest = Partial<Omit<StandardField, 'apiName' | 'dataType'>>;

/** Characters by data type; text of one line has 255. */
const LENGTHS: Readonly<Partial<Record<DataType, number>>> = {
  ...{ email: 100, phone: 30, website: 450, textarea: 32_000, picklist: 120, boolean: 5 },
  ...{ integer: 9, bigint: 18, double: 16, currency: 16, percent: 5, date: 20, datetime: 120 },
};

/** Characters or digits of a field whose length nobody stated. */
export function usualLength(type: DataType): number {
  return LENGTHS[type] ?? 255;
}

function each(dataType: DataType, names: string, rest: Rest = {}): readonly StandardField[] {
  const usual = { length: usualLength(dataType), isReadOnly: false, isMandatory: false };
  const plain = { ...usual, lookup: null, pickList: [] };
  return names.split(' ').map((apiName) => ({ apiName, dataType, ...plain, ...rest }));
}

function list(apiName: string, values: string): readonly StandardField[] {
  return each('picklist', apiName, { pickList: values.split(', ') });
}

const readOnly = { isReadOnly: true };
const mandatory = { isMandatory: true };
const industries =
  'Technology, Retail, Manufacturing, Finance, Healthcare, Education, Government, Consulting, Other';
const leadSource = list(
  'Lead_Source',
  'Advertisement, Cold Call, Employee Referral, External Referral, Online Store, Partner, Web Download, Trade Show, Chat',
);
const salutation = list('Salutation', 'Mr., Mrs., Ms., Dr., Prof.');
const rating = list('Rating', 'Acquired, Active, Market Failed, Project Cancelled, Shut Down');
const processing = list(
  'Data_Processing_Basis',
  'Legitimate Interests, Contract, Legal Obligation, Consent - Pending, Consent - Obtained',
);
const dataSource = list('Data_Source', 'Manual, Import, Web Form, API, Chat');
const money = [...each('picklist', 'Currency'), ...each('double', 'Exchange_Rate')];

const system = [
  ...each('bigint', 'id', readOnly),
  ...each('ownerlookup', 'Owner'),
  ...each('ownerlookup', 'Created_By Modified_By', readOnly),
  ...each('datetime', 'Created_Time Modified_Time', readOnly),
  ...each('text', 'Tag', { length: 2_000 }),
  ...each('text', 'Record_Status__s', readOnly),
];
const activity = [
  ...each('datetime', 'Last_Activity_Time Change_Log_Time__s', readOnly),
  ...each('boolean', 'Locked__s', readOnly),
];
const person = [
  ...each('text', 'First_Name', { length: 40 }),
  ...each('text', 'Last_Name', { length: 80, ...mandatory }),
  ...each('text', 'Full_Name', readOnly),
  ...each('email', 'Email Secondary_Email'),
  ...each('phone', 'Phone Mobile Fax'),
  ...each('boolean', 'Email_Opt_Out'),
  ...each('text', 'Unsubscribed_Mode Enrich_Status__s', readOnly),
  ...each('datetime', 'Unsubscribed_Time', readOnly),
  ...each('integer', 'Visitor_Score', readOnly),
  ...each('text', 'Territories', readOnly),
  ...each('textarea', 'Description'),
  ...[...salutation, ...leadSource, ...processing, ...dataSource],
];

/** Names as Zoho's own SDK ships them (facts §9); types, lengths and values as this sandbox chose. */
export const standardFields: Readonly<Record<ModuleName, readonly StandardField[]>> = {
  Leads: [
    ...[...system, ...activity, ...person, ...money, ...rating],
    ...each('text', 'Company Designation City State Zip_Code Country Street', { length: 100 }),
    ...list('Lead_Status', 'Not Contacted, Attempted to Contact, Contacted, Lost Lead, Junk Lead'),
    ...list('Industry', industries),
    ...each('currency', 'Annual_Revenue'),
    ...each('integer', 'No_of_Employees'),
    ...each('website', 'Website'),
    ...each('boolean', 'Converted__s', readOnly),
    ...each('datetime', 'Converted_Date_Time', readOnly),
    ...each('lookup', 'Converted_Account', { lookup: 'Accounts', ...readOnly }),
    ...each('lookup', 'Converted_Contact', { lookup: 'Contacts', ...readOnly }),
    ...each('lookup', 'Converted_Deal', { lookup: 'Deals', ...readOnly }),
  ],
  Contacts: [
    ...[...system, ...activity, ...person],
    ...each('phone', 'Home_Phone Other_Phone Asst_Phone'),
    ...each('lookup', 'Account_Name', { lookup: 'Accounts' }),
    ...each('lookup', 'Reporting_To', { lookup: 'Contacts' }),
    ...each('text', 'Title Department Assistant', { length: 100 }),
    ...each('date', 'Date_of_Birth'),
    ...each('text', 'Mailing_Street Mailing_City Mailing_State Mailing_Zip Mailing_Country'),
    ...each('text', 'Other_Street Other_City Other_State Other_Zip Other_Country'),
  ],
  Accounts: [
    ...[...system, ...activity, ...money, ...rating],
    ...each('text', 'Account_Name', { length: 200, ...mandatory }),
    ...each('text', 'Account_Site Ticker_Symbol', { length: 80 }),
    ...each('text', 'Territories Enrich_Status__s', readOnly),
    ...each('bigint', 'Account_Number'),
    ...each('integer', 'Employees SIC_Code'),
    ...list('Account_Type', 'Analyst, Competitor, Customer, Distributor, Investor, Partner, Other'),
    ...list('Industry', industries),
    ...list('Ownership', 'Other, Private, Public, Subsidiary, Partnership, Government'),
    ...each('lookup', 'Parent_Account', { lookup: 'Accounts' }),
    ...each('currency', 'Annual_Revenue'),
    ...each('website', 'Website'),
    ...each('phone', 'Phone Fax'),
    ...each('text', 'Billing_Street Billing_City Billing_State Billing_Code Billing_Country'),
    ...each('text', 'Shipping_Street Shipping_City Shipping_State Shipping_Code Shipping_Country'),
    ...each('textarea', 'Description'),
  ],
  Deals: [
    ...[...system, ...activity, ...money, ...leadSource],
    ...each('text', 'Deal_Name', { length: 120, ...mandatory }),
    ...each('picklist', 'Stage', mandatory),
    ...each('picklist', 'Pipeline'),
    ...each('currency', 'Amount'),
    ...each('currency', 'Expected_Revenue', readOnly),
    ...each('date', 'Closing_Date'),
    ...each('integer', 'Probability'),
    ...list('Type', 'Existing Business, New Business'),
    ...list('Reason_For_Loss__s', 'Expectation Mismatch, Price, Unqualified Customer, Competition'),
    ...each('text', 'Next_Step', { length: 100 }),
    ...each('text', 'Territory', readOnly),
    ...each('lookup', 'Account_Name', { lookup: 'Accounts' }),
    ...each('lookup', 'Contact_Name', { lookup: 'Contacts' }),
    ...each('lookup', 'Campaign_Source', { lookup: 'Campaigns' }),
    ...each('integer', 'Sales_Cycle_Duration Overall_Sales_Duration', readOnly),
    ...each('integer', 'Lead_Conversion_Time', readOnly),
    ...each('textarea', 'Description'),
  ],
  Campaigns: [
    ...[...system, ...money],
    ...each('text', 'Campaign_Name', { length: 200, ...mandatory }),
    ...list('Status', 'Planning, Active, Inactive, Complete'),
    ...list('Type', 'Conference, Webinar, Trade Show, Email, Telemarketing, Others'),
    ...each('lookup', 'Parent_Campaign', { lookup: 'Campaigns' }),
    ...each('date', 'Start_Date End_Date'),
    ...each('currency', 'Expected_Revenue Budgeted_Cost Actual_Cost'),
    ...each('bigint', 'Num_sent Expected_Response'),
    ...each('textarea', 'Description'),
  ],
};
