import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createServer, runnerImport } from 'vite'
import { deckFolders } from './deck-folders.mjs'
import { faultPage, faultText } from './dev/fault-page.mjs'
import { tryOnSave } from './dev/try-on-save.mjs'
import { ignored } from './dev/watched.mjs'
import { prepareOriginal } from './prepare-original.mjs'

/** `npm run dev`: Vite's server and Viva's on one port. An edit on either side is live with the next request. */
const root = resolve(import.meta.dirname, '..')

/** Its script has the policy that it has when it is built: what it forbids must fail here, too. */
const ORIGINAL_WORKER = /^\/web\/original\/engine\/worker\.ts\?/

async function main() {
  // Vite takes what follows them for a part of a URL. `npm start` works there.
  if (/[#?]/.test(root))
    throw new StartFault(`${root} contains # or ?, which Vite can't serve. Move the folder.`)
  const { module: workers } = await runnerImport(resolve(root, 'vite/workers.ts'))
  const { module: listening } = await runnerImport(resolve(root, 'server/listen.ts'))
  await workers.buildWorkers()

  const decks = deckFolders().map((folder) => resolve(root, folder))
  const dataFolders = process.env.DATA_DIR ? [resolve(root, process.env.DATA_DIR)] : []
  const server = listening.createHttpServer((request, response) => answer(request, response))
  const vite = await createServer({
    root,
    server: {
      middlewareMode: true,
      ws: { server },
      cors: false,
      watch: { ignored: [ignored(root, dataFolders, decks)] },
    },
  })
  // Looked up on each call: editing Vite's configuration replaces the runner.
  const load = (path) => vite.environments.ssr.runner.import(resolve(root, path))

  const { readConfig } = await load('server/config/config.ts')
  const { createLogger } = await load('server/http/logger.ts')
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)

  let current
  let turn = Promise.resolve()
  /** Whether the last page that was asked for couldn't be made: it waits to be reloaded. */
  let isFaulty = false
  const { hot } = vite.environments.client
  /** What came of the claims that were tried last, for pages that are opened later. */
  let latestTrial
  const stopTrials = tryOnSave(vite.watcher, decks, root, (trial) => {
    latestTrial = trial
    hot.send('viva:trial', trial)
  })
  hot.on('viva:latest-trial', (_, client) => latestTrial && client.send('viva:trial', latestTrial))
  vite.watcher.on('all', () => {
    if (isFaulty) hot.send({ type: 'full-reload' })
  })
  vite.watcher.on('change', (file) => {
    if (file.replaceAll('\\', '/').includes('/server/workers/'))
      turn = turn.then(() => workers.buildWorkers()).catch(report)
  })

  /** Only one Viva can use the data folder: the edited one opens after the previous one has closed. */
  function opened() {
    turn = turn.then(async () => {
      const compose = await load('server/compose.ts')
      if (current?.compose === compose) return
      await current?.viva.close()
      current = undefined
      const { renderSite } = await load('deck/render/site.ts')
      const { questions } = await renderSite(decks, root)
      const viva = await compose.openViva({
        ...{ config, logger, development: true, pages },
        originalFolder: resolve(root, 'dist/original'),
        questions: new Map(questions.map((question) => [question.slug, question])),
      })
      current = { compose, viva, callback: viva.app.callback() }
    })
    const ready = turn.then(() => current.callback)
    turn = turn.catch(() => {})
    return ready
  }

  async function pages(ctx, next) {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    const { interviewPaths } = await load('server/http/pages.ts')
    const { render, routes } = await load('web/entry-server.ts')
    const isInterview = interviewPaths.test(ctx.path)
    // As built pages are: an address that has a page gives it to curl, too, and only a browser gets the 404 page.
    const isPage = isInterview || (await routes()).includes(ctx.path)
    if (!isPage && !ctx.get('Accept').includes('text/html')) return next()
    const template = await vite.transformIndexHtml(
      ctx.url,
      await readFile(resolve(root, isInterview ? 'interview.html' : 'index.html'), 'utf8'),
    )
    if (isInterview) {
      ctx.type = 'text/html'
      ctx.body = template
      return
    }
    const { fillTemplate } = await load('vite/prerender.ts')
    const page = await render(ctx.url)
    for (const name of ['trial-notice', 'keep-results'])
      page.head += `<script type="module" src="/scripts/dev/${name}.mjs"></script>`
    ctx.status = page.status
    ctx.type = 'text/html'
    ctx.body = fillTemplate(template, page)
  }

  async function answer(request, response) {
    if (ORIGINAL_WORKER.test(request.url)) {
      const { originalWorkerPolicy } = await load('server/http/security-headers.ts')
      response.setHeader('Content-Security-Policy', originalWorkerPolicy(request.headers.host ?? ''))
    }
    vite.middlewares(request, response, () => {
      opened().then(
        (callback) => {
          isFaulty = false
          callback(request, response)
        },
        async (error) => {
          isFaulty = true
          vite.ssrFixStacktrace(error)
          report(error)
          const isPage = request.headers.accept?.includes('text/html') ?? false
          const body = isPage
            ? await vite.transformIndexHtml(request.url, faultPage(error))
            : faultText(error)
          const type = `text/${isPage ? 'html' : 'plain'}; charset=utf-8`
          response.writeHead(500, { 'Content-Type': type }).end(body)
        },
      )
    })
  }

  // A deck that has to be corrected first is shown like any other fault.
  await opened().catch((error) => {
    if (error.name !== 'ContentError') throw error
    report(error)
  })
  const address = await listening.listen(server, config.port, config.host)
  console.log(`Viva is at ${address} (development)`)
  if (process.env.npm_lifecycle_event === 'dev') prepareOriginal()

  const stop = async () => {
    stopTrials()
    await vite.close()
    await current?.viva.endStreams()
    await listening.drain(server)
    await current?.viva.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

class StartFault extends Error {
  name = 'StartFault'
}

function report(error) {
  console.error(error.name === 'ContentError' ? error.message : (error.stack ?? error))
}

await main().catch((error) => {
  // Classes of modules loaded by the runner are distinct from ours, so only names can be compared.
  const isExpected = ['StartFault', 'DataFolderInUse'].includes(error.name)
  console.error(isExpected ? `Viva can't start: ${error.message}` : error.stack)
  process.exit(1)
})
