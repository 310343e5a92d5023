import { rm } from 'node:fs/promises';
import type { HttpUnderTest } from '../../http/http-under-test.ts';
import { type Ground, openGround } from '../faults/ground.ts';
import { openScratch } from '../kill/stores.ts';
import type { OpenPart, Part, PartOptions } from '../kit/part.ts';
import { fileCases } from './file-cases.ts';
import { startTaker, webhookCases } from './webhook-cases.ts';
import { wireCases } from './wire-cases.ts';

/** Inputs that nobody expects, wherever something comes in from outside. */
export const badInputs: Part = { name: 'bad-inputs', counts: 'badInputs', open };

async function open(options: PartOptions): Promise<OpenPart> {
  const { seed, signal, only } = options;
  const folder = await openScratch();
  let taker: Promise<HttpUnderTest> | null = null;
  const http = () => {
    taker ??= startTaker();
    return taker;
  };
  const files = [...webhookCases(http, seed), ...fileCases(folder, seed)];
  const wantsWire = only === null || !files.some(({ id }) => id.includes(only));
  const ground: Ground | null = wantsWire ? await openGround(signal) : null;
  const close = async () => {
    if (taker !== null) await (await taker).close();
    await ground?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const wire = ground === null ? [] : await wireCases(ground, options);
    return { cases: [...files, ...wire], sideBySide: 8, close };
  } catch (error) {
    await close();
    throw error;
  }
}
