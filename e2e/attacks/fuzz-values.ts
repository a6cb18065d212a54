import fc from 'fast-check'
import type { Schema } from './fuzz-document.ts'

const label = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 12,
})

const email = fc
  .tuple(label, label, fc.constantFrom('com', 'org', 'example.net', 'bücher.de'))
  .map(([local, domain, top]) => `${local}@${domain}.${top}`)

/** Any text that JSON can contain: every character of Unicode, including control characters. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '__proto__',
    'constructor',
    'null',
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '${7*7}',
  ),
)

/** Values that are valid for the schema. Rules beyond it, such as an email address being taken, are ignored. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'integer')
    return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 })
  if (schema.type === 'object') return validObject(schema)
  if (schema.type !== 'string') throw new Error(`no request has a value of type ${schema.type} so far`)
  if (schema.format === 'email') return email
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern))
  const { minLength = 0, maxLength = minLength + 20 } = schema
  return fc.oneof(
    fc.string({ unit: 'grapheme-ascii', minLength, maxLength }),
    fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, minLength + 10) }),
  )
}

function validObject({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valid(each)]))
  return fc.record(fields, { requiredKeys: required })
}

/** A body with one fault, and the name of the field that the error must point to. */
export interface Faulty {
  value: Record<string, unknown>
  field: string
}

/**
 * Objects that break the schema in one place.
 * @param asText whether every value is sent as text, as in a form, so that its type can't be wrong
 */
export function invalidObject(schema: Schema, asText: boolean): fc.Arbitrary<Faulty> {
  const { properties = {}, required = [], additionalProperties } = schema
  const kinds: fc.Arbitrary<(whole: Record<string, unknown>) => Faulty>[] = []
  for (const field of required) {
    kinds.push(fc.constant(({ [field]: _, ...value }) => ({ value, field })))
  }
  for (const [field, each] of Object.entries(properties)) {
    const bad = invalid(each, asText)
    if (bad) kinds.push(bad.map((wrong) => (whole) => ({ value: { ...whole, [field]: wrong }, field })))
  }
  if (additionalProperties === false) {
    const unknown = anyText.filter((name) => !(name in properties))
    kinds.push(
      fc
        .tuple(unknown, fc.jsonValue())
        .map(([field, more]) => (whole) => ({ value: withKey(whole, field, more), field })),
    )
  }
  return fc.tuple(validObject(schema), fc.oneof(...kinds)).map(([whole, breakIt]) => breakIt(whole))
}

/** Treats `__proto__` as a key like any other. */
function withKey(whole: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([...Object.entries(whole), [key, value]])
}

/** Values that are invalid for the schema even when read leniently; undefined if there are none. */
export function invalid(schema: Schema, asText: boolean): fc.Arbitrary<unknown> | undefined {
  const [inner, ...others] = schema.anyOf?.filter((each) => each.type !== 'null') ?? [schema]
  if (inner === undefined || others.length > 0) throw new Error('no request has such a choice so far')
  const { type, format, minLength = 0, maxLength, minimum, maximum, pattern, enum: words } = inner
  const kinds: fc.Arbitrary<unknown>[] = []
  if (!asText) kinds.push(fc.array(fc.integer()), fc.dictionary(label, fc.boolean()))
  if (type === 'integer') {
    if (maximum !== undefined)
      kinds.push(
        fc
          .maxSafeInteger()
          .filter((value) => value > maximum)
          .map(text(asText)),
      )
    if (minimum !== undefined)
      kinds.push(
        fc
          .maxSafeInteger()
          .filter((value) => value < minimum)
          .map(text(asText)),
      )
    kinds.push(fc.constantFrom('x', '1.5', '1e3', '', '0x10', '१२x', '1 2'))
    if (!asText) kinds.push(fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }))
  } else if (type === 'string') {
    if (!asText) kinds.push(fc.integer(), fc.boolean())
    if (format === 'email')
      kinds.push(fc.constantFrom('ada', '@', 'a@b', 'a@b@c.com', 'a b@c.com', 'ada@localhost', 'a@-b.com'))
    if (minLength > 1) kinds.push(fc.string({ unit: 'binary', minLength: 1, maxLength: minLength - 1 }))
    if (minLength > 0 && !asText) kinds.push(fc.constant(''))
    if (maxLength !== undefined)
      kinds.push(fc.string({ unit: 'binary', minLength: maxLength + 1, maxLength: maxLength + 9 }))
    if (pattern !== undefined || words) kinds.push(fc.constantFrom('x', 'passwords', 'PASSWORD'))
  }
  return kinds.length === 0 ? undefined : fc.oneof(...kinds)
}

function text(asText: boolean): (value: number) => unknown {
  return (value) => (asText ? String(value) : value)
}
