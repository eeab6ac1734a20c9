import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const conditions = ['@tecnocursos/source', 'node'];

/** One run over all projects; types are not checked here (`npm run typecheck` does). ADR 14 says why modules are shared. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    conditions,
    // The player's page carries the source text of these functions: they have to be as tsc builds them.
    alias: [{ find: /^\.\/client\/(.+)\.js$/, replacement: join(import.meta.dirname, 'apps/courses/dist/publishing/player/client/$1.js') }],
  },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{apps,libs,tools}/**/*.{spec,int-spec,e2e-spec}.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    server: { deps: { external: [/\/dist\//] } },
    pool: 'forks',
    // V8 crashes now and then where WebAssembly modules come and go (NativeModule::FreeCode, under TierUpWasmToJSWrapper); here a database in a thread does with every file.
    execArgv: ['--no-wasm-code-gc'],
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
