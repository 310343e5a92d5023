import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../src/lambda/bundle-options.ts';

export const root = join(import.meta.dirname, '../..');

export const functionNames = ['api', 'scheduled', 'worker'] as const;
export type FunctionName = (typeof functionNames)[number];

/** A function's bundle, made as `serverless package` makes it. */
export type Bundle = { readonly file: string; readonly bytes: number; readonly inputs: string[] };

export async function bundle(name: FunctionName, folder: string): Promise<Bundle> {
  const file = join(folder, `${name}.js`);
  const { metafile } = await build({
    ...bundleOptions,
    external: [...bundleOptions.external],
    plugins: [...bundleOptions.plugins],
    entryPoints: [`src/lambda/${name}.ts`],
    absWorkingDir: root,
    outfile: file,
    metafile: true,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output?.inputs ?? {});
  const inputs = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  return { file, bytes: output?.bytes ?? 0, inputs };
}
