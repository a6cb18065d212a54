import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { everyPage, firstRequest, lessonPage, lessonText } from './chunks.ts'

const root = resolve(import.meta.dirname, '..')
const files = ['web', 'contract'].flatMap((folder) =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `/${folder}/${name.replaceAll('\\', '/')}`,
  ),
)

test.each(
  [...everyPage, ...lessonPage, ...lessonText, ...firstRequest].filter((part) =>
    /^\/(web|contract)\//.test(part),
  ),
)('the chunk list names a module that exists: %s', (part) => {
  expect(files.some((file) => file.includes(part.replace(/\/$/, '')))).toBe(true)
})
