import type { ProvisionRequest } from '../../src/connector/provision.ts';
import type { Change, FieldChange } from '../../src/domain/change.ts';
import type { FieldSpec } from '../../src/domain/field.ts';

const tiers = ['gold', 'silver', 'bronze'] as const;

/** Connectors under test are opened with these; one goes by a name of its own. */
export const sampleFields: readonly FieldSpec[] = [
  {
    key: 'value_tier',
    name: 'value_tier',
    label: 'Value tier',
    description: 'How much this customer is worth.',
    kind: 'choice',
    options: tiers.map((value) => ({ value, label: value.toUpperCase() })),
  },
  {
    key: 'value_score',
    name: 'value_score',
    label: 'Value score',
    description: '0 to 100.',
    kind: 'integer',
  },
  {
    key: 'net_amount',
    name: 'net_spend',
    label: 'Net amount',
    description: 'In the window.',
    kind: 'decimal',
  },
  {
    key: 'last_order_on',
    name: 'last_order_on',
    label: 'Last order',
    description: 'Its day.',
    kind: 'day',
  },
  { key: 'reason', name: 'reason', label: 'Reason', description: 'In words.', kind: 'text' },
];

export const sampleRequest: ProvisionRequest = {
  fields: sampleFields,
  lists: [{ key: 'best', name: 'Best customers', field: 'value_tier', values: ['gold'] }],
  knownLists: [],
  rebuildDeletedLists: false,
};

const values: readonly FieldChange[] = [
  { key: 'value_tier', from: null, to: 'gold' },
  { key: 'value_score', from: null, to: '87' },
  { key: 'net_amount', from: null, to: '1234.5' },
  { key: 'last_order_on', from: null, to: '2026-11-01' },
  { key: 'reason', from: null, to: 'spend 35, loyalty 30' },
];

/** One change for each id, in order, to the same values. */
export function sampleChanges(ids: readonly string[]): readonly Change[] {
  return ids.map((customerId, seq) => ({ seq, customerId, priority: 'tier', fields: values }));
}

/** What a customer holds after its sample change. */
export const sampleHeld = Object.fromEntries(values.map(({ key, to }) => [key, to]));
