import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { currentBuild } from './support/app.ts'
import { expect, test } from './support/test.ts'

test('a lesson page with its playground loads at most 60 kB of JavaScript and 15 kB of CSS before it is idle', async ({
  page,
}) => {
  const client = resolve(await currentBuild(), 'client')
  const [lesson] = (await readdir(resolve(client, 'lessons'))).filter((name) => name.endsWith('.html')).sort()
  const paths = new Set<string>()
  // What a click needs comes when the page is idle: here it never is.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }))
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (/\.(js|css)$/.test(pathname)) paths.add(pathname)
  })
  await page.goto(`/lessons/${lesson?.replace('.html', '')}`)
  await page.waitForLoadState('networkidle')
  const size = { js: 0, css: 0 }
  for (const path of paths) {
    const compressed = brotliCompressSync(await readFile(resolve(client, `.${path}`)))
    size[path.endsWith('.css') ? 'css' : 'js'] += compressed.length
  }
  expect(size.js).toBeGreaterThan(0)
  expect(size.js).toBeLessThanOrEqual(60_000)
  expect(size.css).toBeLessThanOrEqual(15_000)
})
