import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const folder = 'docs-assets'

/** The source of each file that the pages request. koa2-swagger-ui requests a `.min.css` that doesn't exist. */
const sources: Record<string, string> = {
  'swagger-ui/swagger-ui.min.css': 'swagger-ui-dist/swagger-ui.css',
  'swagger-ui/swagger-ui-bundle.js': 'swagger-ui-dist/swagger-ui-bundle.js',
  'swagger-ui/swagger-ui-standalone-preset.js': 'swagger-ui-dist/swagger-ui-standalone-preset.js',
  'swagger-ui/oauth2-redirect.js': 'swagger-ui-dist/oauth2-redirect.js',
  'favicon.png': 'swagger-ui-dist/favicon-32x32.png',
  'redoc.standalone.js': 'redoc/bundles/redoc.standalone.js',
}

const types: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.png': 'image/png' }

/** Swagger UI shortens patterns with these. As literals, which Safari before 16.4 can't read, they would keep all of it from starting. */
const lookbehind = /\/(\(\?<=\(\?<!(?:[^/\n])+)\/g/g

const redocLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg'
const nothing = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

/** The scripts of Swagger UI and Redoc, served from this host: copied by the build, read from the packages in development. */
export function docsAssets(): Plugin {
  return {
    name: 'viva:docs-assets',
    applyToEnvironment: (environment) => environment.name === 'client',
    async generateBundle() {
      for (const [name, source] of Object.entries(sources)) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source: await load(source) })
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = request.url?.split('?')[0]?.slice(`/${folder}/`.length) ?? ''
        const source = request.url?.startsWith(`/${folder}/`) ? sources[name] : undefined
        if (source === undefined) return next()
        response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream')
        load(source).then((content) => response.end(content), next)
      })
    },
  }
}

async function load(source: string): Promise<Buffer | string> {
  const content = await readFile(require.resolve(source))
  if (source.endsWith('swagger-ui-bundle.js'))
    return content
      .toString('utf8')
      .replace(lookbehind, (_, pattern: string) => `new RegExp(${JSON.stringify(pattern)},"g")`)
  if (!source.startsWith('redoc/')) return content
  const script = content.toString('utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
  if (!script.includes(redocLogo))
    throw new Error(`redoc no longer fetches ${redocLogo}: look for other addresses in it`)
  return script.replaceAll(redocLogo, nothing)
}
