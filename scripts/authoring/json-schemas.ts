import { z } from 'zod'
import * as bug from '#contract/bug.ts'
import * as claim from '#contract/claim.ts'
import * as deck from '#contract/deck.ts'
import * as lesson from '#contract/lesson.ts'
import * as practice from '#contract/practice.ts'
import * as misprediction from '#contract/predict/misprediction.ts'
import * as save from '#contract/save.ts'
import { descriptionOf, readDescriptions, type Descriptions } from './described.ts'

/** Where the schemas' comments are. */
const SOURCES = ['bug', 'claim', 'deck', 'lesson', 'practice', 'predict/misprediction']
/** Of what they have in common. */
const SHARED = ['request-fields', 'save', 'step']

/** The files that an author writes: the name of each schema, what it describes and its title. */
const FILES = [
  { name: 'front-matter.json', schema: lesson.FrontMatter, title: 'Front matter of lesson.md' },
  { name: 'steps.json', schema: lesson.StepsFile, title: 'steps.yaml of a lesson' },
  { name: 'practice.json', schema: practice.PracticeFile, title: 'practice.yaml of a lesson' },
  { name: 'bugs.json', schema: bug.BugsFile, title: 'bugs.yaml of a lesson' },
  { name: 'deck.json', schema: deck.DeckFile, title: 'deck.yaml' },
]

/** A JSON schema for each file of a lesson and for deck.yaml, for editors: by its file's name, as text. */
export async function jsonSchemas(root: string): Promise<Map<string, string>> {
  const descriptions = await readDescriptions(
    root,
    [...SOURCES, ...SHARED].map((name) => `contract/${name}.ts`),
  )
  return new Map(
    FILES.map(({ name, schema, title }) => {
      const json = schemaOf(schema, descriptions)
      return [name, JSON.stringify({ $schema: json.$schema, title, ...json }, null, 2)]
    }),
  )
}

const exported: Record<string, unknown> = {
  ...bug,
  ...claim,
  ...deck,
  ...lesson,
  ...practice,
  ...misprediction,
  ...save,
}
const names = new Map(Object.entries(exported).map(([name, schema]) => [schema, name]))

/** Each of them is written once, and referred to by its name. */
const registry = z.registry<{ id: string }>()
for (const [schema, id] of names) if (schema instanceof z.ZodObject) registry.add(schema, { id })

/** Draft 7 is what editors support best; a file may leave out what has a default. */
function schemaOf(schema: z.ZodType, descriptions: Descriptions) {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    metadata: registry,
    override: ({ jsonSchema }) => {
      // Zod's own name for a pattern that says the same.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format
    },
  })
  const definitions = (json.definitions ?? {}) as Record<string, { properties?: Record<string, object> }>
  for (const [object, { properties = {} }] of Object.entries(definitions)) {
    for (const [key, property] of Object.entries(properties)) {
      const description = descriptionOf(descriptions, object, key)
      // Keys with the same rules share one object.
      if (description !== undefined) properties[key] = { ...property, description }
    }
  }
  return withAnyJson(json) as typeof json
}

const ANY_JSON = /^(#\/definitions\/)?__schema/

/** Zod defines "any JSON" once for each key that takes it; an editor accepts anything there without it. */
function withAnyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withAnyJson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !ANY_JSON.test(key) && !isAnyJson(key === 'allOf' ? item : { [key]: item }))
      .map(([key, item]) => [key, withAnyJson(item)]),
  )
}

function isAnyJson(part: unknown): boolean {
  const { $ref } = ([part].flat()[0] ?? {}) as { $ref?: unknown }
  return typeof $ref === 'string' && ANY_JSON.test($ref)
}
