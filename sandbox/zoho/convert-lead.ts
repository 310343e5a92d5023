import type { Router } from 'express';
import { z } from 'zod';
import { ZohoError } from './errors.ts';
import { referencedId } from './id-input.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import { parseInput } from './parse-input.ts';
import type { StoredRecord } from './record.ts';
import type { RecordInput } from './record-input.ts';
import { onRecord } from './record-path.ts';
import { RecordPlace } from './record-place.ts';
import { isConverted, nameOf } from './record-values.ts';
import type { RecordView } from './record-view.ts';
import { createRecord, type WriteContext, writableRecord } from './record-writer.ts';
import { logWrite, writeContext } from './write-request.ts';

const input = z.record(z.string(), z.unknown());
const convertBody = z.object({
  data: z
    .array(
      z.object({ Contacts: input.optional(), Accounts: input.optional(), Deals: input.optional() }),
    )
    .length(1),
});
type Conversion = z.output<typeof convertBody>['data'][number];

/** Fields of a lead that the contact has under the same name, and under another. */
const carried = [
  ...['Salutation', 'First_Name', 'Last_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile'],
  ...['Fax', 'Lead_Source', 'Description', 'Email_Opt_Out'],
];
const renamed: Readonly<Record<string, string>> = {
  Designation: 'Title',
  Street: 'Mailing_Street',
  City: 'Mailing_City',
  State: 'Mailing_State',
  Zip_Code: 'Mailing_Zip',
  Country: 'Mailing_Country',
};

/**
 * `POST /Leads/{id}/actions/convert`: makes a contact (and an account of its company, and a deal if
 * one is given), or joins those whose id is given. The lead is hidden from then on (facts §9).
 */
export function addConvertRoute(router: Router, org: Org): void {
  router.post(
    '/:module/:id/actions/convert',
    onRecord('data', (req, res, { module, id }) => {
      const at = new RecordPlace();
      if (module !== 'Leads') throw at.unknownId();
      const lead = writableRecord(org, 'Leads', id, at);
      if (isConverted(lead)) throw alreadyConverted();
      const [conversion = {}] = parseInput(convertBody, req.body).data;
      const details = convert(org, lead, conversion, writeContext(org, res));
      logWrite(org, 'Leads', 'convert', [id], req.body);
      const message = 'The record has been converted successfully';
      res.json({ data: [{ code: 'SUCCESS', details, message, status: 'success' }] });
    }),
  );
}

function convert(
  org: Org,
  lead: StoredRecord,
  conversion: Conversion,
  context: WriteContext,
): RecordView {
  const company = lead.values['Company'];
  const account =
    company || conversion.Accounts
      ? made(org, 'Accounts', conversion.Accounts ?? { Account_Name: company }, context)
      : undefined;
  const joined = account === undefined ? {} : { Account_Name: { id: account.id } };
  const person = { ...contactInput(lead), ...joined, ...conversion.Contacts };
  const contact = made(org, 'Contacts', person, context);
  const links = { ...joined, Contact_Name: { id: contact.id } };
  const deal = conversion.Deals && made(org, 'Deals', { ...links, ...conversion.Deals }, context);
  hide(org, lead, { contact, account, deal }, context);
  return {
    Contacts: shown('Contacts', contact),
    Accounts: account === undefined ? null : shown('Accounts', account),
    Deals: deal === undefined ? null : shown('Deals', deal),
  };
}

/** The record whose id is given, or a new one. */
function made(
  org: Org,
  module: ModuleName,
  values: RecordInput,
  context: WriteContext,
): StoredRecord {
  if ('id' in values)
    return writableRecord(org, module, referencedId(values) ?? '', new RecordPlace());
  const outcome = createRecord(org, module, values, context);
  if (!outcome.ok) throw outcome.error;
  return outcome.record;
}

function contactInput({ values }: StoredRecord): RecordInput {
  const same = carried.map((name) => [name, values[name] ?? null] as const);
  const other = Object.entries(renamed).map(([from, to]) => [to, values[from] ?? null] as const);
  return Object.fromEntries([...same, ...other].filter(([, value]) => value !== null));
}

interface Products {
  readonly contact: StoredRecord;
  readonly account: StoredRecord | undefined;
  readonly deal: StoredRecord | undefined;
}

function hide(
  org: Org,
  lead: StoredRecord,
  { contact, account, deal }: Products,
  { at, userId }: WriteContext,
): void {
  const values = {
    ...{ Converted__s: true, Converted_Date_Time: at, Converted_Contact: contact.id },
    ...{ Converted_Account: account?.id ?? null, Converted_Deal: deal?.id ?? null },
  };
  org.records.Leads.change(lead.id, { values, modifiedAt: at, modifiedBy: userId });
}

function shown(module: ModuleName, record: StoredRecord): RecordView {
  return { name: nameOf(module, record), id: record.id };
}

function alreadyConverted(): ZohoError {
  const details = { api_name: 'id', json_path: '$.data[0].id' };
  return new ZohoError(400, 'ID_ALREADY_CONVERTED', 'id already converted', details);
}
