import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const locked = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/** Where nothing else is said, npm asks the registry it is set to. */
const registry = 'https://registry.npmjs.org/';
const file = join(import.meta.dirname, '../../package-lock.json');
const { packages } = locked.parse(JSON.parse(readFileSync(file, 'utf8')));
const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

it('every package comes from the registry, and is the very one that was looked at', () => {
  expect(installed.length).toBeGreaterThan(50);
  const strange = installed.filter(
    ([, { resolved = registry, integrity = '' }]) =>
      !resolved.startsWith(registry) || !integrity.startsWith('sha512-'),
  );
  expect(strange.map(([path]) => path)).toEqual([]);
});

it('nothing that Assay runs with runs a script of its own when it is installed', () => {
  const scripted = installed.filter(
    ([, { hasInstallScript, dev, devOptional }]) =>
      hasInstallScript === true && dev !== true && devOptional !== true,
  );
  expect(scripted.map(([path]) => path)).toEqual([]);
});
