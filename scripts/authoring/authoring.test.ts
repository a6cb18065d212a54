import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { jsonSchemas } from './json-schemas.ts'
import { limitsIn } from './limits.ts'
import { authoringFiles, withLists } from './save-authoring.ts'

const root = resolve(import.meta.dirname, '../..')

test('schemas for editors and the lists of docs/authoring.md are what npm run authoring writes', async () => {
  const files = await authoringFiles(root)
  expect(files.size).toBeGreaterThan(3)
  const stale: string[] = []
  for (const [file, text] of files) {
    const written = await readFile(join(root, file), 'utf8').catch(() => '')
    if (written !== text) stale.push(file)
  }
  expect(stale, 'run npm run authoring').toEqual([])
})

test('schemas describe keys, refuse unknown ones and refer only to what they define', async () => {
  for (const [file, text] of await authoringFiles(root)) {
    if (!file.endsWith('.json')) continue
    const { definitions = {} } = JSON.parse(text) as { definitions?: object }
    const references = [...text.matchAll(/"\$ref": "#\/definitions\/(\w+)"/g)].map(([, name]) => name)
    expect(Object.keys(definitions)).toEqual(expect.arrayContaining(references))
    expect(text).toContain('"additionalProperties": false')
    expect(text).toContain('"description":')
    expect(text).not.toContain('__schema')
  }
})

test('keys with the same rules are each described in their own words', async () => {
  const text = (await jsonSchemas(root)).get('practice.json') ?? ''
  const { definitions } = JSON.parse(text) as {
    definitions: Record<string, { properties: Record<string, { description?: string }> }>
  }
  const { belief, truth } = definitions['Misconception']?.properties ?? {}
  expect(belief?.description).toBe('As someone who holds it would put it.')
  expect(truth?.description).toBe('What is so instead, in one sentence.')
  expect(definitions['Task']?.properties['ask']?.description).toBe('What has to happen, in Markdown.')
})

test('an editor accepts the files of the built-in decks, and marks a misspelt key', async () => {
  const schemas = await jsonSchemas(root)
  for (const name of ['steps', 'practice', 'bugs']) {
    const schema = z.fromJSONSchema(
      JSON.parse(schemas.get(`${name}.json`) ?? '') as z.core.JSONSchema.JSONSchema,
    )
    const files = await filesNamed(`${name}.yaml`)
    expect(files.size).toBeGreaterThan(0)
    for (const [file, text] of files) {
      expect(schema.safeParse(parse(text)), file).toMatchObject({ success: true })
      const misspelt = text.replace(/^( *)(steps|expect|ask|belief):/m, '$1$2x:')
      expect(misspelt).not.toBe(text)
      expect(schema.safeParse(parse(misspelt)).success, file).toBe(false)
    }
  }
})

test('an editor accepts a deck.yaml, and marks a misspelt key', async () => {
  const text = (await jsonSchemas(root)).get('deck.json') ?? ''
  const schema = z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema)
  const deck = await readFile(join(root, 'content/lessons/deck.yaml'), 'utf8')
  expect(schema.safeParse(parse(deck)).success).toBe(true)
  expect(schema.safeParse(parse(deck.replace(/^title:/m, 'titel:'))).success).toBe(false)
})

/** Text by file, of all lessons that have one of this name. */
async function filesNamed(name: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const deck of ['content/lessons', 'deck/testing/second-deck']) {
    for (const lesson of await readdir(join(root, deck))) {
      const file = join(deck, lesson, name)
      const text = await readFile(join(root, file), 'utf8').catch(() => null)
      if (text !== null) found.set(file, text)
    }
  }
  return found
}

test('limits are written as a person would say them', () => {
  const schema = {
    properties: {
      title: { minLength: 3, maxLength: 40 },
      note: { minLength: 3 },
      rubric: { minItems: 5, maxItems: 5 },
      steps: { items: { properties: { burst: { minimum: 2, maximum: 100 } } } },
    },
  }
  expect(limitsIn(JSON.stringify(schema))).toEqual([
    ['title', '3 to 40 characters'],
    ['rubric', 'exactly 5 items'],
    ['steps.burst', '2 to 100'],
  ])
})

test('a list without a place and a place without a list are errors', () => {
  const page = '<!-- list: people -->\nold\n<!-- end -->\n'
  expect(withLists(page, { people: 'Ada' })).toBe('<!-- list: people -->\n\nAda\n\n<!-- end -->\n')
  expect(() => withLists(page, { people: 'Ada', tables: 'users' })).toThrow('no place for the lists tables')
  expect(() => withLists(page, {})).toThrow('there is no list "people"')
})
