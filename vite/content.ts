import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { lessonName } from '#contract/addresses.ts'
import { BugOffer } from '#contract/interview/bug.ts'
import type { LessonOffer, LessonQuestion } from '#contract/interview/plan.ts'
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite'
import { PICTURES } from '../deck/pictures.ts'
import { appManifest } from './app-manifest.ts'
import { deckFolders } from '../scripts/deck-folders.mjs'
import { renderSite, type Site } from '../deck/render/site.ts'

/** The source of each virtual module, made from the site. The types are in `virtual.d.ts`. */
const modules: Record<string, (site: Site) => string> = {
  'virtual:decks': ({ decks }) => `export const decks = ${JSON.stringify(decks)}`,
  'virtual:site-title': ({ decks }) => `
    export const siteTitle = ${JSON.stringify(decks[0]?.title)}
    export const siteLanguage = ${JSON.stringify(decks[0]?.language)}
    export const hasForeignProse = ${decks.some(({ language }) => language !== 'en')}`,
  'virtual:lessons': ({ cards }) => `export const cards = ${JSON.stringify(cards)}`,
  'virtual:lesson-pages': ({ lessons }) =>
    `export const pages = ${JSON.stringify(Object.fromEntries(lessons))}`,
  'virtual:glossary': ({ glossary }) => `export const glossary = ${JSON.stringify(glossary)}`,
  'virtual:fact-groups': ({ factGroups }) => `export const factGroups = ${JSON.stringify(factGroups)}`,
  'virtual:has-facts': ({ factGroups }) => `export const hasFacts = ${factGroups.length > 0}`,
  'virtual:has-glossary': ({ glossary }) => `export const hasGlossary = ${glossary.length > 0}`,
  'virtual:has-practice': ({ practice }) => `
    export const hasQuizzes = ${practice.some(({ quizzes }) => quizzes.length > 0)}
    export const hasTasks = ${practice.some(({ tasks }) => tasks.length > 0)}
    export const hasBugs = ${practice.some(({ bugs }) => bugs.length > 0)}`,
  'virtual:bug-titles': ({ practice }) => `export const bugTitles = ${JSON.stringify(bugTitles(practice))}`,
}

/** The titles of all bugs by their addresses. */
function bugTitles(practice: Site['practice']): Record<string, string> {
  return Object.fromEntries(
    practice.flatMap(({ name, bugs }) =>
      bugs.map(({ id, title }) => [`/practice/bugs/${name}/${id}`, title]),
    ),
  )
}

/** Without what only the server needs of each bug: most of the file. */
function asOffer(question: LessonQuestion): LessonOffer {
  return { ...question, bugs: question.bugs.map((bug) => BugOffer.parse(bug)) }
}

/** The data that pages fetch when they need it, by path. */
function dataFiles({
  decks,
  lessons,
  code,
  facts,
  questions,
  study,
  practice,
  search,
}: Site): Map<string, unknown> {
  const pages = [...lessons].map(([name, page]) => [`lessons/${name}.json`, page] as const)
  const moved = [...lessons.values()].flatMap(({ slug, name }) =>
    lessonName(slug) === name ? [] : [[`/lessons/${slug}`, `/lessons/${name}`] as const],
  )
  return new Map<string, unknown>([
    ...pages,
    ...[...facts].map(([name, own]) => [`facts/${name}.json`, own] as const),
    ['code.json', code],
    ['interview-questions.json', questions],
    ['interview-offers.json', questions.map(asOffer)],
    ['study.json', study],
    ['practice.json', practice],
    ['search.json', search],
    ['manifest.webmanifest', appManifest(decks[0])],
    ...(moved.length > 0 ? [['moved.json', Object.fromEntries(moved)] as const] : []),
  ])
}

const PICTURE_TYPES: Record<string, string> = {
  ...{ '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif' },
  ...{ '.webp': 'image/webp', '.avif': 'image/avif', '.svg': 'image/svg+xml' },
}

/** Where such a file may be, so that the deck isn't rendered for another. */
const DATA_FILE =
  /^((lessons|facts)\/[^/]+|code|interview-(?:questions|offers)|study|practice|search|moved)\.json$|^manifest\.webmanifest$/

/**
 * Provides the decks, rendered once for all parts of the build: `virtual:decks` and `virtual:site-title` for their names, `virtual:lessons` for lists, `virtual:lesson-pages` for prerendering,
 * `virtual:bug-titles`, `virtual:glossary` and `virtual:fact-groups` for their pages, `virtual:has-glossary`, `virtual:has-facts` and `virtual:has-practice` for links to pages that not every deck has,
 * `/lessons/<name>.json`, `/facts/<name>.json`, `/code.json`, `/interview-questions.json` (for the server), `/interview-offers.json`, `/study.json`, `/practice.json` and `/search.json` for the browser, and the manifest of the
 * installed app. A fault in the deck fails the build with its message; in development an edit of a lesson or of the twins reloads the page.
 * @param folders of the decks; `CONTENT_DIR` names others
 */
export function content(folders: string | readonly string[] = deckFolders()): Plugin {
  let config: ResolvedConfig
  let site: Promise<Site> | undefined
  const decks = (): string[] => [folders].flat().map((folder) => resolve(config.root, folder))
  const rendered = (): Promise<Site> =>
    (site ??= renderSite(decks(), config.root).catch((error: Error) => {
      site = undefined
      // The stack of a fault in the deck doesn't help its author.
      throw error.name === 'ContentError' ? Object.assign(error, { stack: error.message }) : error
    }))

  return {
    name: 'viva:content',
    sharedDuringBuild: true,
    configResolved(resolved) {
      config = resolved
    },
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    async load(id) {
      const write = id.startsWith('\0') ? modules[id.slice(1)] : undefined
      if (write === undefined) return
      if (id === '\0virtual:lesson-pages' && this.environment.name === 'client') {
        throw new Error(
          'virtual:lesson-pages contains the whole deck: the browser fetches /lessons/<name>.json instead',
        )
      }
      return write(await rendered())
    },
    async generateBundle() {
      if (this.environment.name !== 'client') return
      for (const [fileName, data] of dataFiles(await rendered())) {
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify(data) })
      }
      for (const [address, path] of (await rendered()).pictures)
        this.emitFile({ type: 'asset', fileName: address.slice(1), source: await readFile(path) })
    },
    configureServer(server) {
      const watched = [...decks(), join(config.root, 'original/project'), join(config.root, 'server/project')]
      server.watcher.add(watched)
      server.watcher.on('all', (_event, file) => {
        if (!watched.some((path) => file === path || file.startsWith(path + sep))) return
        site = undefined
        reload(server)
      })
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0]?.slice(1) ?? ''
        const isPicture = path.startsWith(PICTURES.slice(1))
        if (!isPicture && !DATA_FILE.test(path)) return next()
        rendered().then(async (whole) => {
          const picture = whole.pictures.get(`/${path}`)
          if (picture !== undefined) {
            response.setHeader('Content-Type', PICTURE_TYPES[extname(path)] ?? 'application/octet-stream')
            response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
            return response.end(await readFile(picture))
          }
          const data = dataFiles(whole).get(path)
          if (data === undefined) return next()
          response.setHeader('Content-Type', 'application/json')
          response.end(JSON.stringify(data))
        }, next)
      })
    },
  }
}

function reload(server: ViteDevServer): void {
  for (const environment of Object.values(server.environments)) {
    for (const id of Object.keys(modules)) {
      const module = environment.moduleGraph.getModuleById(`\0${id}`)
      if (module !== undefined) environment.moduleGraph.invalidateModule(module)
    }
    environment.hot.send({ type: 'full-reload' })
  }
}
