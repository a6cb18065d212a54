import { dirname, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { EXTERNAL_PACKAGES } from './scripts/externals.mjs'
import { chunkGroups } from './vite/chunks.ts'
import { content } from './vite/content.ts'
import { docsAssets } from './vite/docs-assets.ts'
import { icons } from './vite/icons.ts'
import { OLDEST_BROWSERS, SCRIPT_TARGET } from './vite/oldest-browsers.ts'
import { addOffline } from './vite/offline.ts'
import { precompress } from './vite/precompress.ts'
import { prerender } from './vite/prerender.ts'
import { hashInPath } from './vite/hash-in-path.ts'
import { workerEntries } from './vite/workers.ts'

const workers = Object.fromEntries(
  Object.entries(await workerEntries()).map(([name, file]) => [`workers/${name}`, file]),
)

/** Shared chunks are beside the entries, because code in them finds the client's folder and the workers by `import.meta.url`. */
const server = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' }

/** A bundle starts a third faster than hundreds of files. The external packages load files of their own or may not be needed. */
const bundled = { noExternal: true as const, external: EXTERNAL_PACKAGES }

/** Keeps names, for logs and stacks; drops comments and indentation, which cost time at each start. */
const withoutSpace = { compress: false, mangle: false, codegen: true }

export default defineConfig(({ command }) => ({
  appType: 'custom',
  plugins: [vue(), hashInPath(import.meta.dirname), content(), docsAssets(), icons()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    target: SCRIPT_TARGET,
    cssTarget: OLDEST_BROWSERS,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rollupOptions: { checks: { pluginTimings: false, eval: false, ineffectiveDynamicImport: false } },
  },
  server: { fs: { deny: ['.env', '.env.*', '*.{crt,pem}', '**/.git/**', '**/data/**'] } },
  worker: {
    format: 'es',
    plugins: () => [hashInPath(import.meta.dirname)],
    rollupOptions: {
      checks: { pluginTimings: false },
      output: { entryFileNames: 'assets/original-worker-[hash].js' },
    },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/unnamed/client',
        manifest: true,
        rollupOptions: {
          input: {
            index: resolve(import.meta.dirname, 'index.html'),
            interview: resolve(import.meta.dirname, 'interview.html'),
          },
          output: {
            codeSplitting: { groups: chunkGroups },
          },
        },
      },
    },
    ssr: {
      ...(command === 'build' ? { resolve: bundled } : {}),
      build: {
        outDir: 'dist/unnamed/server',
        copyPublicDir: false,
        ssr: true,
        target: 'node20',
        rollupOptions: {
          input: {
            index: 'server/index.ts',
            doctor: 'server/commands/doctor.ts',
            move: 'server/commands/move.ts',
            interviews: 'server/commands/interviews.ts',
            ...workers,
          },
          output: { ...server, minify: withoutSpace },
        },
      },
    },
    prerender: {
      build: {
        outDir: 'dist/unnamed/prerender',
        copyPublicDir: false,
        ssr: true,
        target: 'node20',
        rollupOptions: { input: { 'entry-server': 'web/entry-server.ts' }, output: server },
      },
    },
  },
  builder: {
    sharedConfigBuild: true,
    sharedPlugins: true,
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment)
      // `scripts/vite-build.mjs` sets the folder.
      const client = resolve(builder.config.root, builder.environments.client!.config.build.outDir)
      await prerender(client, resolve(dirname(client), 'prerender/entry-server.js'))
      await addOffline(client)
      await precompress(client)
    },
  },
}))
