import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

/** `npm run size`: what a lesson page with its playground loads before anyone clicks must stay within the budget. */
const client = resolve(import.meta.dirname, '../dist/client')
const limits = { js: 58_000, css: 15_000 }
const manifest = JSON.parse(await readFile(resolve(client, '.vite/manifest.json'), 'utf8'))
const lessonPage = Object.keys(manifest).find((key) => /(^|\/)pages\/LessonPage\.vue$/.test(key))
if (lessonPage === undefined) fail('no pages/LessonPage.vue in the built manifest')

const files = new Set()
for (const key of ['index.html', lessonPage]) collect(key)

let failed = false
for (const [kind, limit] of Object.entries(limits)) {
  const chosen = [...files].filter((file) => file.endsWith(`.${kind}`))
  let total = 0
  for (const file of chosen) {
    const size = gzipSync(await readFile(resolve(client, file)), { level: 9 }).length
    total += size
    console.log(`  ${String(size).padStart(7)}  ${file}`)
  }
  console.log(`${kind}: ${total} of ${limit} bytes, compressed with gzip`)
  failed ||= total > limit
}
if (failed) fail('a lesson page loads more than its budget')

function collect(key) {
  const chunk = manifest[key]
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const file of chunk.css ?? []) files.add(file)
  for (const other of chunk.imports ?? []) collect(other)
}

function fail(cause) {
  console.error(cause)
  process.exit(1)
}
