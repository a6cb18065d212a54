import type { Context, Middleware } from 'koa'
import { contentSecurityPolicy } from './security-headers.ts'

const assets = '/docs-assets'

/** Swagger UI and Redoc insert style elements by script. Nothing else may be inline or come from another host. */
const inlineStyles = { 'style-src': "'self' 'unsafe-inline'" }
const swaggerPolicy = contentSecurityPolicy(inlineStyles)
const redocPolicy = contentSecurityPolicy({ ...inlineStyles, 'worker-src': "'self' blob:" })

/**
 * koa2-swagger-ui's page loads a font from another host and starts with an inline script. Each of these must be found and
 * replaced, or the page would stay blank under our policy.
 */
const replacements: [pattern: RegExp, by: string][] = [
  [/^\s*<link href="https:\/\/fonts\.googleapis\.com[^>]*>\n/m, ''],
  [/<style>[\s\S]*?<\/style>/, `<link rel="stylesheet" href="${assets}/swagger.css">`],
  [/ style="position:absolute;width:0;height:0"/, ' class="symbols"'],
  [/<script>[\s\S]*<\/script>/, `<script src="${assets}/swagger-start.js"></script>`],
  [/<meta http-equiv[^>]*>/, '<meta name="viewport" content="width=device-width, initial-scale=1">'],
]

const redocPage = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Viva - ReDoc</title>
  <link rel="icon" type="image/png" href="${assets}/favicon.png">
  <link rel="stylesheet" href="${assets}/redoc.css">
</head>
<body>
<div id="redoc"></div>
<noscript>ReDoc needs JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="${assets}/redoc.standalone.js"></script>
<script src="${assets}/redoc-start.js"></script>
</body>
</html>
`

const oauth2RedirectPage = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Swagger UI: OAuth2 Redirect</title>
</head>
<body>
<p hidden>Swagger UI opens this page after a sign-in. Opened by itself, it has nothing to do: go to <a href="/docs">the documentation</a>.</p>
<script src="${assets}/oauth2-redirect-start.js"></script>
</body>
</html>
`

/** Makes koa2-swagger-ui's page load from this host only. @throws when the package's page has changed */
function localPage(html: string): string {
  return replacements.reduce((page, [pattern, by]) => {
    if (!pattern.test(page)) throw new Error(`koa2-swagger-ui's page no longer contains ${pattern}`)
    return page.replace(pattern, by)
  }, html)
}

/**
 * `GET /docs`: Swagger UI, with the page that an OAuth2 sign-in returns to. `GET /redoc`: ReDoc. Both show `/openapi.json` and
 * load nothing from another host.
 */
export function docs(): Middleware {
  let swaggerPage: string | undefined
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (ctx.path === '/docs') {
      if (swaggerPage === undefined) {
        await (
          await swaggerUi()
        )(ctx, next)
        swaggerPage = localPage(ctx.body as string)
      }
      sendPage(ctx, swaggerPage, swaggerPolicy)
    } else if (ctx.path === '/docs/oauth2-redirect') {
      sendPage(ctx, oauth2RedirectPage, swaggerPolicy)
    } else if (ctx.path === '/redoc') {
      sendPage(ctx, redocPage, redocPolicy)
    } else {
      await next()
    }
  }
}

/** Loaded on the first visit: its template engine would add a tenth to the app's start-up time. */
async function swaggerUi(): Promise<Middleware> {
  const { koaSwagger } = await import('koa2-swagger-ui')
  return koaSwagger({
    title: 'Viva - Swagger UI',
    routePrefix: '/docs',
    swaggerCdnUrl: assets,
    swaggerVersion: 'swagger-ui',
    favicon: `${assets}/favicon.png`,
    hideTopbar: true,
    swaggerOptions: { url: '/openapi.json' },
  })
}

function sendPage(ctx: Context, html: string, policy: string): void {
  ctx.state.quiet = true
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('Content-Security-Policy', policy)
  ctx.body = html
}
