import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bulkFile } from '../../../connectors/zoho/bulk-csv.ts';
import { readResult } from '../../../connectors/zoho/bulk-result.ts';
import type { Row } from '../../../connectors/zoho/rows.ts';

function row(id: string, values: Row['values']): Row {
  return { id, values, change: { seq: 0, customerId: id, priority: 'fact', fields: [] } };
}

const text = (zip: Uint8Array) => {
  const [file] = Object.values(unzipSync(zip));
  return new TextDecoder().decode(file);
};

describe('the file of a job', () => {
  it('has the id first and every field that a row sets', () => {
    const { columns, zip } = bulkFile([
      row('5725767000000100001', { Tier: 'gold', Net: 12.5 }),
      row('5725767000000100002', { Reason: 'spend, "35"\nloyalty', Tier: null }),
    ]);
    expect(columns).toEqual(['id', 'Net', 'Reason', 'Tier']);
    expect(text(zip)).toBe(
      'id,Net,Reason,Tier\n5725767000000100001,12.5,,gold\n5725767000000100002,,"spend, ""35""\nloyalty",\n',
    );
  });
});

describe('the result of a job', () => {
  const zipped = (csv: string) => zipSync({ 'Contacts-rows.csv': strToU8(csv) });

  it('tells of each row by its id, whatever else the file repeats', () => {
    const csv = [
      'id,Net,Reason,STATUS,RECORD_ID,ERRORS',
      '1,2,"a, ""b""",UPDATED,1,',
      '2,,,SKIPPED,,INVALID_DATA-Tier,Net:DUPLICATE_DATA-Email',
      '3,,,Skipped,3,RECORD_LOCKED',
      '4,,,UNPROCESSED,,',
    ];
    expect(readResult(zipped(csv.join('\r\n')))).toEqual([
      { id: '1', status: 'UPDATED', code: null, field: null },
      { id: '2', status: 'SKIPPED', code: 'INVALID_DATA', field: 'Tier' },
      { id: '3', status: 'SKIPPED', code: 'RECORD_LOCKED', field: null },
      { id: '4', status: 'UNPROCESSED', code: null, field: null },
    ]);
  });

  it('that is cut short, empty or no zip tells nothing', () => {
    const whole = zipped('id,STATUS,RECORD_ID,ERRORS\n1,UPDATED,1,\n');
    expect(readResult(whole)).toHaveLength(1);
    for (const bytes of [whole.subarray(0, whole.length >> 1), new Uint8Array(), strToU8('<html>')])
      expect(readResult(bytes)).toBeNull();
  });
});
