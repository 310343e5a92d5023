import { describe, expect, it } from 'vitest';
import { classFamilies } from '../../../src/domain/classes.ts';
import type { Rfm } from '../../../src/domain/score.ts';
import { segmentClassOf } from '../../../src/score/classes/segment.ts';
import { dayOf, ordersOn } from './class-day.ts';

const scores = [1, 2, 3, 4, 5];
const cells: readonly Rfm[] = scores.flatMap((recency) =>
  scores.flatMap((frequency) => scores.map((monetary) => ({ recency, frequency, monetary }))),
);
const segment = (rfm: Rfm | null, firstOrderOn: string) => {
  const day = dayOf(ordersOn(firstOrderOn));
  return segmentClassOf({ ...day, basic: { ...day.basic, rfm } });
};

describe('the segment', () => {
  it('is one of all eleven, as the scores say', () => {
    const found = new Set(cells.map((rfm) => segment(rfm, '2011-12-01')?.key));
    expect(found).toEqual(new Set(classFamilies.segment));
  });

  it('says new of nobody whose first order is old: promising then', () => {
    const rfm = { recency: 5, frequency: 1, monetary: 1 };
    expect(segment(rfm, '2011-12-01')).toMatchObject({ key: 'new_customers' });
    expect(segment(rfm, '2009-12-01')).toEqual({
      key: 'promising',
      since: null,
      code: 'segment.not_new',
      facts: { ...rfm, firstOrderOn: '2009-12-01' },
    });
    for (const cell of cells) expect(segment(cell, '2009-12-01')?.key).not.toBe('new_customers');
  });

  it('is unknown without a purchase', () => {
    expect(segmentClassOf(dayOf([]))).toBeNull();
  });
});
