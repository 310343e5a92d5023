import { creditsOfLimit } from './read-route.ts';

/** Rows of one PUT, of one mass update and of one bulk write job (facts §1). */
export const rowsPerPut = 100;
export const rowsPerMassUpdate = 500;
export const rowsPerJob = 25_000;
/** Most bytes of a job's zip (facts §1). */
export const zipLimit = 25_000_000;
/** Rows that one COQL query gives, which proves that they were written (facts §1). */
export const rowsPerProof = 2_000;

const rowsPerCredit = 10;
/** For making a job (facts §1); its upload, its looks and the download are calls of their own. */
export const usualJobCredits = 500;
const expectedLooks = 4;
/** Upload, looks, download and a sample of what was written, 1 credit each. */
const sideCalls = 3 + expectedLooks;

export type Cost = { readonly calls: number; readonly credits: number };

/** Of one PUT: 1 credit for 10 records (facts §8). */
export function putCredits(rows: number): number {
  return Math.ceil(rows / rowsPerCredit);
}

/** Of so many rows by PUT, with the proof that they arrived. */
export function putCost(rows: number): Cost {
  const rest = rows % rowsPerProof;
  const full = (rows - rest) / rowsPerProof;
  const proof = full * creditsOfLimit(rowsPerProof) + (rest > 0 ? creditsOfLimit(rest) : 0);
  const calls = Math.ceil(rows / rowsPerPut) + Math.ceil(rows / rowsPerProof);
  return { calls, credits: putCredits(rows) + proof };
}

/** Of jobs, whatever they hold; `jobCredits`: for making one. */
export function jobsCost(jobs: number, jobCredits: number): Cost {
  return { calls: jobs * (1 + sideCalls), credits: jobs * (jobCredits + sideCalls) };
}

/** How many rows go by jobs; the others go by PUT, where a job would be dearer than they are. */
export function rowsByJob(rows: number, jobCredits: number): number {
  const rest = rows % rowsPerJob;
  return jobsCost(1, jobCredits).credits < putCost(rest).credits ? rows : rows - rest;
}

export function plus(a: Cost, b: Cost): Cost {
  return { calls: a.calls + b.calls, credits: a.credits + b.credits };
}
