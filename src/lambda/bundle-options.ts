import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BuildOptions, Plugin, PluginBuild } from 'esbuild';

/** Modules that a Lambda never calls, and what stands in their place in its bundle. */
const replaced: readonly { readonly path: RegExp; readonly by: string }[] = [
  // Lambda has SQS and a Postgres server; `open-container.ts` refuses all else before these are loaded.
  { path: /src\/store\/pglite-engine\.ts$/, by: missing('pgliteEngine') },
  { path: /src\/jobs\/memory-queue\.ts$/, by: missing('memoryQueue') },
  { path: /src\/jobs\/pg-boss-queue\.ts$/, by: missing('openPgBossQueue') },
  // 52 languages of messages, of which only English is ever set.
  {
    path: /zod\/v4\/locales\/index\.c?js$/,
    by: `export { default as en } from 'zod/v4/locales/en.js';`,
  },
  // Bodies are taken as bytes: nothing is decoded.
  { path: /iconv-lite\/lib\/index\.js$/, by: 'exports.encodingExists = () => false;' },
  // A hundredth of all media types, those that are answered with or posted.
  { path: /mime-db\/index\.js$/, by: `module.exports = ${JSON.stringify(mediaTypes())};` },
  // Logs are written by the function itself, not by a thread beside it.
  { path: /pino\/lib\/transport\.js$/, by: 'module.exports = () => { throw Error("none"); };' },
];

/** The runtime brings AWS's SDK; `pg` asks for its native twin in vain. */
const notBundled = ['@aws-sdk/*', 'pg-native'];

const namedZod = /^import \{ z \} from 'zod';$/m;

/** How each function is bundled: by `serverless package` and by the tests. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  external: notBundled,
  plugins: [leanPlugin()],
} as const satisfies BuildOptions;

/** For serverless-esbuild, which calls what it requires; `exclude`: nothing is packed beside a bundle. */
function configure() {
  return { ...bundleOptions, external: [], exclude: [...notBundled] };
}

export { configure as 'module.exports' };

function leanPlugin(): Plugin {
  return {
    name: 'lean',
    setup: (build) => {
      replaceModules(build);
      importZodWhole(build);
    },
  };
}

function replaceModules(build: PluginBuild): void {
  for (const { path, by } of replaced)
    build.onLoad({ filter: path }, ({ path: file }) => ({
      contents: by,
      resolveDir: dirname(file),
    }));
}

/** Of a namespace, esbuild leaves out what nobody names; of an object that holds it, nothing. */
function importZodWhole(build: PluginBuild): void {
  build.onLoad({ filter: /\/(src|connectors)\/.*\.ts$/ }, ({ path: file }) => ({
    contents: readFileSync(file, 'utf8').replace(namedZod, "import * as z from 'zod';"),
    loader: 'ts',
  }));
}

function missing(name: string): string {
  return `export function ${name}() { throw new Error('${name} is not in this bundle'); }`;
}

function mediaTypes() {
  const json = { source: 'iana', charset: 'UTF-8', compressible: true, extensions: ['json'] };
  const form = { source: 'iana', compressible: true };
  return {
    'application/json': json,
    'application/octet-stream': { source: 'iana', compressible: false, extensions: ['bin'] },
    'application/x-www-form-urlencoded': form,
    'text/html': { source: 'iana', compressible: true, extensions: ['html'] },
    'text/plain': { source: 'iana', compressible: true, extensions: ['txt'] },
  };
}
