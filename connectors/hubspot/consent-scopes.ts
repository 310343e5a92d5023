import type { ConsentScope } from '../../src/connector/consent.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { customerKind } from './object-kind.ts';

/** What an app must be allowed, and for what (facts §5): no more than some verb needs. */
export function consentScopes(subject: Subject): readonly ConsentScope[] {
  const { type } = customerKind(subject);
  return [
    {
      scope: 'oauth',
      verbs: ['connect'],
      why: 'tells which account it is, its currency and time zone',
    },
    { scope: `crm.objects.${type}.read`, verbs: ['pull'], why: `reads ${type}` },
    {
      scope: 'crm.objects.deals.read',
      verbs: ['pull'],
      why: 'reads deals, their pipelines, and whose they are',
    },
    {
      scope: `crm.objects.${type}.write`,
      verbs: ['apply'],
      why: `writes scores to ${type}; creates and deletes none`,
    },
    {
      scope: `crm.schemas.${type}.write`,
      verbs: ['provision'],
      why: 'makes our properties, and takes them away',
    },
    { scope: 'crm.lists.read', verbs: ['pull', 'plan'], why: 'reads our lists and their members' },
    {
      scope: 'crm.lists.write',
      verbs: ['provision', 'apply'],
      why: 'makes our lists and keeps their members',
    },
    {
      scope: 'settings.currencies.read',
      verbs: ['pull'],
      why: 'reads exchange rates; without it foreign amounts that have no home amount stay unknown',
      isOptional: true,
    },
  ];
}
