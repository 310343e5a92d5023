import { readdirSync } from 'node:fs';
import { Client } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { methodsOf, partsOf, valueAt } from './api-methods.ts';
import { COVERED_APIS, OUTSIDE } from './coverage.ts';

const client = new Client({ accessToken: 'none is needed to look' });
const covered = Object.keys(COVERED_APIS);

describe('the official client', () => {
  it.each(Object.entries(COVERED_APIS))(
    'has no method of %s that nobody spoke for',
    (path, api) => {
      const spokenFor = [...api.driven, ...Object.keys(api.notInSandbox ?? {})];
      expect(spokenFor.toSorted()).toEqual(methodsOf(valueAt(client, path)).toSorted());
    },
  );

  it('has no part that is neither covered nor left out with a reason', () => {
    for (const part of partsOf(client.crm)) {
      const path = `crm.${part}`;
      const isCovered = covered.some((api) => api === path || api.startsWith(`${path}.`));
      expect({ path, isSpokenFor: isCovered !== path in OUTSIDE }).toEqual({
        path,
        isSpokenFor: true,
      });
    }
  });

  it.each([
    ...['crm.contacts', 'crm.companies', 'crm.deals', 'crm.associations', 'crm.associations.v4'],
    ...['crm.properties', 'crm.lists', 'crm.owners', 'crm.pipelines', 'oauth', 'webhooks'],
  ])('has no API class in %s that is missing from the table', (part) => {
    const classes = partsOf(valueAt(client, part)).filter((name) => name.endsWith('Api'));
    expect(classes.length).toBeGreaterThan(0);
    for (const name of classes) expect(covered).toContain(`${part}.${name}`);
  });
});

describe('the table', () => {
  it('names a file, which is there, for whatever is driven', () => {
    const files = readdirSync(import.meta.dirname);
    for (const { file, driven } of Object.values(COVERED_APIS))
      if (driven.length > 0) expect(files).toContain(`${file}.test.ts`);
  });
});
