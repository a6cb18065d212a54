import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page, Route } from '@playwright/test'
import { currentBuild } from './app.ts'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

/** The files of the build that have these source modules and what they import. */
export async function filesOf(modules: readonly string[]): Promise<string[]> {
  const path = join(await currentBuild(), 'client/.vite/manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, Chunk>
  const files = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`the build has no chunk of ${name}`)
    if (files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(add)
  }
  modules.forEach(add)
  return [...files].map((file) => `/${file}`)
}

/** Holds back all scripts and styles that a page requests from now on. */
export async function holdCode(page: Page) {
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const held = new Map<string, Route>()
  let isReleased = false
  await page.route(/\.(js|css)$/, (route) => {
    // What is requested after the release never arrives.
    if (!isReleased) held.set(new URL(route.request().url()).pathname, route)
  })
  return {
    /** Those of the files that are neither loaded nor requested. */
    missing: (files: readonly string[]) =>
      files.filter((file) => !held.has(file) && !loaded.some((url) => url.endsWith(file))),
    /** Lets through what was requested so far, and nothing else. */
    release: async () => {
      isReleased = true
      await Promise.all([...held.values()].map((route) => route.continue()))
    },
  }
}
