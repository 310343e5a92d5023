import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Session } from './session.ts';

/** Criteria that one channel may have (facts §7). */
const maxFields = 10;

/**
 * What an edit must touch to be told: the fields that scoring reads, those that matter most in front.
 * Without it each of our own writes would come back. `null`: any edit is told, because people have a
 * part in the deal that no field names; we never write deals.
 */
export async function watchCondition(
  session: Session,
  object: PullObject,
  signal: AbortSignal,
): Promise<object | null> {
  const module = object === 'deals' ? 'Deals' : session.module;
  const wanted = object === 'deals' ? dealFields(session) : customerFields(session);
  const there = new Set((await session.metadata.fieldsOf(module, signal)).map(apiName));
  const fields = [...new Set(wanted)].filter((name): name is string => there.has(name ?? ''));
  const isByRoles = object === 'deals' && session.settings.dealContacts === 'roles';
  if (fields.length === 0 || isByRoles) return null;
  const group = fields.slice(0, maxFields).map((name) => ({ field: { api_name: name } }));
  return {
    ...{ type: 'field_selection', module: { api_name: module } },
    field_selection: group.length === 1 ? group[0] : { group_operator: 'or', group },
  };
}

function apiName({ api_name }: { readonly api_name: string }): string {
  return api_name;
}

function dealFields({ inputs: { deal }, subject }: Session): readonly (string | null)[] {
  const customer = subject === 'contact' ? 'Contact_Name' : 'Account_Name';
  const won = deal.wonOn === 'stage-history' ? null : deal.wonOn;
  return [
    ...['Stage', 'Amount', won, customer, 'Currency', 'Exchange_Rate'],
    // Ten; a reference alone changes no score.
    ...[deal.dueOn, deal.paidOn, deal.discount, deal.products],
  ];
}

function customerFields({ inputs }: Session): readonly (string | null)[] {
  return [
    ...[inputs.optOut, inputs.externalId, inputs.referredBy, inputs.email, inputs.country],
    ...Object.values(inputs.attributes),
    ...[inputs.feedback, inputs.eventsAttended, inputs.eventsInvited, inputs.birthday],
    ...[inputs.phone, ...(inputs.name ?? [])],
  ];
}
