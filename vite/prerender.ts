import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lateModules } from './chunks.ts'

/** What `web/entry-server.ts` exports. */
interface ServerEntry {
  /** Every path that has a page of its own, including `/404`. */
  routes: () => Promise<string[]>
  render: (url: string) => Promise<Rendered>
}

interface Rendered {
  /** Markup of the app. */
  html: string
  /** Elements for the document's head: title, description, preloads. */
  head: string
  status: number
  /** Source modules that rendered the page. */
  modules: string[]
}

/** Chunks by source module, from Vite's `manifest.json`. */
type Manifest = Record<string, { file: string; css?: string[]; imports?: string[] }>

/** Puts a rendered page into `index.html`. @public scripts/dev.mjs loads it by path. */
export function fillTemplate(template: string, page: Rendered): string {
  return template.replace('<!--head-->', () => page.head).replace('<!--app-->', () => page.html)
}

/**
 * Preload elements, so that a page's own chunks and styles load with it instead of after its first script has run. Of what loads
 * late, only the styles.
 * @param modules source modules, from the project's folder
 */
function preloads(modules: readonly string[], manifest: Manifest): string {
  const seen = new Set<string>()
  const elements: string[] = []
  const add = (name: string, isLate: boolean): void => {
    const chunk = manifest[name]
    if (chunk === undefined || seen.has(name)) return
    seen.add(name)
    chunk.imports?.forEach((other) => add(other, isLate))
    if (!isLate) elements.push(`<link rel="modulepreload" crossorigin href="/${chunk.file}">`)
    chunk.css?.forEach((file) => elements.push(`<link rel="stylesheet" crossorigin href="/${file}">`))
  }
  // The template already has the entry and its styles.
  seen.add('index.html')
  for (const name of modules) if (!lateModules.includes(name)) add(name, false)
  for (const name of modules) if (lateModules.includes(name)) add(name, true)
  return elements.join('')
}

/**
 * Writes the HTML of every page into the built client, so that a lesson can be read before any script runs.
 * @param client the built client, whose `index.html` is the template
 * @param entry the built `entry-server.js`; its folder is removed afterwards
 * @returns the number of pages
 */
export async function prerender(client: string, entry: string): Promise<number> {
  const { routes, render } = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as ServerEntry
  const template = await readFile(join(client, 'index.html'), 'utf8')
  const manifest = JSON.parse(await readFile(join(client, '.vite/manifest.json'), 'utf8')) as Manifest
  const urls = await routes()
  for (const url of urls) {
    const page = await render(url)
    const expected = url === '/404' ? 404 : 200
    if (page.status !== expected)
      throw new Error(`${url} was rendered with status ${page.status}, not ${expected}`)
    const file = join(client, url === '/' ? 'index.html' : `${url.slice(1)}.html`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(
      file,
      fillTemplate(template, { ...page, head: page.head + preloads(page.modules, manifest) }),
    )
  }
  await rm(dirname(entry), { recursive: true })
  return urls.length
}
