import type { Response } from 'express';
import type { Portal } from './portal.ts';

/** Who writes, and when. */
export interface WriteContext {
  readonly appId: string;
  readonly now: number;
}

export function writeContext(portal: Portal, res: Response): WriteContext {
  return { appId: String(res.locals['appId'] ?? ''), now: portal.clock() };
}
