import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { deckFolders } from './deck-folders.mjs'

test.each([
  [[], ['content/lessons']],
  [[''], ['content/lessons']],
  [['../mine'], ['../mine']],
  [
    ['content/lessons', '../mine'],
    ['content/lessons', '../mine'],
  ],
  [
    ['', 'a', '', 'a', 'b'],
    ['a', 'b'],
  ],
])('CONTENT_DIR with %j names %j', (parts, folders) => {
  expect(deckFolders(parts.join(delimiter))).toEqual(folders)
})

test('a folder that exists is one deck, even with the delimiter in its name', async () => {
  const parent = await mkdtemp(join(tmpdir(), `de${delimiter}ck-`))
  expect(deckFolders(parent)).toEqual([parent])
  await rm(parent, { recursive: true })
})
