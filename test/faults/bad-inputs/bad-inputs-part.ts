import { rm } from 'node:fs/promises';
import type { HttpUnderTest } from '../../http/http-under-test.ts';
import { openScratch } from '../kill/stores.ts';
import type { OpenPart, Part, PartOptions } from '../kit/part.ts';
import { fileCases } from './file-cases.ts';
import { startTaker, webhookCases } from './webhook-cases.ts';

/** Inputs that nobody expects, wherever something comes in from outside. */
export const badInputs: Part = { name: 'bad-inputs', counts: 'badInputs', open };

async function open({ seed }: PartOptions): Promise<OpenPart> {
  const folder = await openScratch();
  let taker: Promise<HttpUnderTest> | null = null;
  const http = () => {
    taker ??= startTaker();
    return taker;
  };
  return {
    cases: [...webhookCases(http, seed), ...fileCases(folder, seed)],
    close: async () => {
      if (taker !== null) await (await taker).close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
