import { assertNever } from '../../src/lib/assert-never.ts';
import { generatedWorld } from './generate.ts';
import { onlineRetail } from './online-retail.ts';
import type { World } from './world.ts';

/** Which orders a sandbox may start with. */
export const dataSets = ['online-retail', 'generated', 'empty'] as const;

/** Which world, by name; the sizes and the seed are those of a generated one. */
export interface DataChoice {
  readonly data: (typeof dataSets)[number];
  readonly contacts: number;
  readonly deals: number;
  readonly seed: number;
}

/** The world that was asked for. */
export function worldOf({ data, contacts, deals, seed }: DataChoice): World {
  switch (data) {
    case 'online-retail':
      return onlineRetail();
    case 'generated':
      return generatedWorld({ contacts, deals, seed });
    case 'empty':
      return generatedWorld({ contacts: 0, deals: 0, seed });
    default:
      return assertNever(data);
  }
}
