import type { ConsentScope } from '../../src/connector/consent.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { ZohoSettings } from './settings.ts';
import { inputsOf } from './settings-fields.ts';

/** What a client must be allowed by these settings, and for what (facts §3): no more than some verb needs. */
export function consentScopes(settings: ZohoSettings, subject: Subject): readonly ConsentScope[] {
  return [
    ...readingScopes(settings, subject),
    ...writingScopes(settings, subject),
    ...listScopes(settings.lists),
    ...setupScopes,
  ];
}

function readingScopes(settings: ZohoSettings, subject: Subject): readonly ConsentScope[] {
  const module = moduleOf(subject);
  const { deal } = inputsOf(settings.fields, subject);
  const hasExtras =
    (subject === 'contact' && settings.dealContacts === 'roles') || deal.wonOn === 'stage-history';
  return [
    one(
      'ZohoCRM.org.READ',
      ['connect'],
      'tells which org it is, its currency, time zone and edition',
    ),
    one('ZohoCRM.users.READ', ['pull'], 'tells which writes are our own'),
    one(`ZohoCRM.modules.${module}.READ`, ['pull'], `reads ${module}`),
    one('ZohoCRM.modules.deals.READ', ['pull'], 'reads deals'),
    one('ZohoCRM.coql.READ', ['pull'], 'reads what changed, many records a call'),
    ...(settings.bulkRead
      ? [one('ZohoCRM.bulk.READ', ['pull'], 'reads everything at first, at a third of the credits')]
      : []),
    ...(hasExtras
      ? [
          one(
            'ZohoCRM.composite_requests.CUSTOM',
            ['pull'],
            'reads roles and stage history of deals, five a call',
          ),
        ]
      : []),
  ];
}

function writingScopes(settings: ZohoSettings, subject: Subject): readonly ConsentScope[] {
  const module = moduleOf(subject);
  const bulk = [
    one('ZohoCRM.bulk.CREATE', ['apply'], 'writes thousands of scores at once'),
    one('ZohoFiles.files.ALL', ['apply'], 'uploads the file of such a write'),
  ];
  return [
    one(`ZohoCRM.modules.${module}.UPDATE`, ['apply'], `writes scores to ${module}`),
    one('ZohoCRM.mass_update.UPDATE', ['apply'], 'writes one value to 500 records a call'),
    ...(settings.bulkWrite ? bulk : []),
  ];
}

function listScopes(lists: ZohoSettings['lists']): readonly ConsentScope[] {
  switch (lists) {
    case 'tags':
      return [
        one('ZohoCRM.settings.tags.ALL', ['provision', 'apply'], 'makes our tags and puts them on'),
        one('ZohoCRM.modules.ALL', ['apply'], 'putting tags on: Zoho’s sources name either scope'),
      ];
    case 'campaigns':
      return [
        one(
          'ZohoCRM.modules.campaigns.ALL',
          ['provision', 'apply'],
          'makes our campaigns and keeps their members',
        ),
      ];
    default:
      return [];
  }
}

const setupScopes: readonly ConsentScope[] = [
  one(
    'ZohoCRM.settings.fields.ALL',
    ['provision', 'pull'],
    'makes our fields, and knows the others’ types',
  ),
  one('ZohoCRM.settings.layouts.READ', ['pull'], 'tells which stages are won'),
  one('ZohoCRM.settings.pipeline.READ', ['pull'], 'tells which stages are won'),
  one('ZohoCRM.settings.currencies.READ', ['pull'], 'reads exchange rates'),
  one('ZohoCRM.features.READ', ['provision'], 'tells how many fields may still be made'),
  one(
    'ZohoCRM.notifications.ALL',
    ['serve'],
    'subscribes to changes, so that they are scored within seconds',
  ),
];

function one(scope: string, verbs: readonly string[], why: string): ConsentScope {
  return { scope, verbs, why };
}

function moduleOf(subject: Subject): string {
  return subject === 'contact' ? 'contacts' : 'accounts';
}
