import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { ensureBuilt } from './ensure-built.mjs'

/** `npm run size`: the scripts and styles in the HTML of a lesson page must stay within the budget, compressed. */
const client = join(await ensureBuilt(), 'client')
const limits = { js: 60_000, css: 15_000 }

const manifest = JSON.parse(await readFile(join(client, '.vite/manifest.json'), 'utf8'))
const pages = (await readdir(join(client, 'lessons')).catch(() => [])).filter((name) =>
  name.endsWith('.html'),
)
if (pages.length === 0) fail('There is no lesson page in the build.')

let largest = { js: 0, css: 0 }
const sizes = new Map()
for (const page of pages) {
  const html = await readFile(join(client, 'lessons', page), 'utf8')
  const files = new Set()
  for (const [, path] of html.matchAll(/<(?:script|link)[^>]*(?:src|href)="\/([^"]+\.(?:js|css))[?"]/g))
    collect(path, files)
  const total = { js: 0, css: 0 }
  for (const file of files) total[file.endsWith('.css') ? 'css' : 'js'] += await sizeOf(file)
  if (total.js + total.css > largest.js + largest.css) largest = { ...total, page, files }
}

for (const file of [...largest.files].sort()) console.log(`  ${String(sizes.get(file)).padStart(7)}  ${file}`)
for (const [kind, limit] of Object.entries(limits)) {
  console.log(`${kind}: ${largest[kind]} of ${limit} bytes with Brotli, on ${largest.page}`)
}
if (Object.entries(limits).some(([kind, limit]) => largest[kind] > limit)) {
  fail('A lesson page exceeds its budget.')
}

/** Adds a file and everything it imports statically. */
function collect(file, files) {
  if (files.has(file)) return
  files.add(file)
  const chunk = Object.values(manifest).find((each) => each.file === file)
  for (const css of chunk?.css ?? []) files.add(css)
  for (const key of chunk?.imports ?? []) collect(manifest[key].file, files)
}

async function sizeOf(file) {
  if (!sizes.has(file)) sizes.set(file, brotliCompressSync(await readFile(join(client, file))).length)
  return sizes.get(file)
}

function fail(cause) {
  console.error(cause)
  process.exit(1)
}
