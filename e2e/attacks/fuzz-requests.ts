import fc from 'fast-check'
import type { FuzzRequest } from './fuzz-client.ts'
import type { DocumentedOperation, Parameter } from './fuzz-document.ts'
import { invalid, invalidObject, valid } from './fuzz-values.ts'

/** A request and its purpose. */
export interface Case {
  /** As in the OpenAPI document: `PATCH /users/{user_id}`. */
  operation: string
  request: FuzzRequest
  /** The parameter or field that was made invalid; undefined if none was. */
  wrong?: string
}

/** Parts of a request before they are encoded. */
interface Parts {
  path: Record<string, unknown>
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

/** How much likelier other valid requests are than those that hash a password, which cost the server some 70 ms each. */
const WEIGHT_WITHOUT_HASHING = 20

export function nameOf({ method, path }: DocumentedOperation): string {
  return `${method} ${path}`
}

/** Requests that follow the OpenAPI document. @param tokens valid tokens to choose from */
export function validRequest(
  operations: DocumentedOperation[],
  tokens: readonly string[],
): fc.Arbitrary<Case> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: hashes(operation) ? 1 : WEIGHT_WITHOUT_HASHING,
      arbitrary: fc.tuple(validParts(operation), tokenOf(operation, tokens)).map(([parts, token]) => ({
        operation: nameOf(operation),
        request: written(operation, parts, token),
      })),
    })),
  )
}

/** Requests with a valid token and one fault in a parameter or in the body. */
export function faultyRequest(operations: DocumentedOperation[], token: string): fc.Arbitrary<Case> {
  const kinds = operations.flatMap((operation) => faultsOf(operation).map((fault) => ({ operation, fault })))
  return fc.oneof(
    ...kinds.map(({ operation, fault }) =>
      fc.tuple(validParts(operation), fault).map(([parts, breakIt]) => {
        const { parts: broken, wrong } = breakIt(parts)
        return {
          operation: nameOf(operation),
          wrong,
          request: written(operation, broken, operation.secured ? token : undefined),
        }
      }),
    ),
  )
}

type Fault = (parts: Parts) => { parts: Parts; wrong: string }

function faultsOf({ parameters, body }: DocumentedOperation): fc.Arbitrary<Fault>[] {
  const faults: fc.Arbitrary<Fault>[] = []
  for (const { name, in: where, schema } of parameters) {
    // An empty segment would make it another path.
    const values = invalid(schema, true)?.filter((value) => where === 'query' || value !== '')
    if (values) {
      faults.push(
        values.map((value) => (parts) => ({
          parts: { ...parts, [where]: { ...parts[where], [name]: value } },
          wrong: name,
        })),
      )
    }
  }
  if (body) {
    const faulty = invalidObject(body.schema, isForm(body.mediaType))
    faults.push(
      faulty.map(({ value, field }) => (parts) => ({ parts: { ...parts, body: value }, wrong: field })),
    )
  }
  return faults
}

function validParts({ parameters, body }: DocumentedOperation): fc.Arbitrary<Parts> {
  return fc.record({
    path: valuesOf(parameters.filter((each) => each.in === 'path')),
    query: valuesOf(parameters.filter((each) => each.in === 'query')),
    body: body ? validBody(body) : fc.constant(undefined),
  })
}

function validBody({ mediaType, schema }: NonNullable<DocumentedOperation['body']>) {
  const body = valid(schema) as fc.Arbitrary<Record<string, unknown>>
  // An empty field of a form counts as one that wasn't sent.
  return isForm(mediaType)
    ? body.filter((each) => schema.required?.every((name) => each[name] !== '') ?? true)
    : body
}

function valuesOf(parameters: Parameter[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(parameters.map((each) => [each.name, valueOf(each)])), {
    requiredKeys: parameters.filter((each) => each.required).map((each) => each.name),
  })
}

function valueOf({ name, in: where, schema }: Parameter): fc.Arbitrary<unknown> {
  // Waiting two seconds for each answer would leave time for only a few.
  if (name === 'ms') return fc.integer({ min: 0, max: 3 })
  // There are three people; most other ids belong to no one.
  return where === 'path'
    ? fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) }, valid(schema))
    : valid(schema)
}

function tokenOf(
  { secured }: DocumentedOperation,
  tokens: readonly string[],
): fc.Arbitrary<string | undefined> {
  if (!secured) return fc.constant(undefined)
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...tokens) },
    fc.constantFrom(undefined, '', 'x', 'a.b.c'),
  )
}

function hashes({ body }: DocumentedOperation): boolean {
  return body !== undefined && 'password' in (body.schema.properties ?? {})
}

function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded'
}

function written(
  { method, path, body }: DocumentedOperation,
  parts: Parts,
  token: string | undefined,
): FuzzRequest {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.path[name])),
  )
  const query = formOf(parts.query)
  const headers: Record<string, string> = {}
  if (token !== undefined) headers.Authorization = `Bearer ${token}`
  const request = { method, path: query === '' ? address : `${address}?${query}`, headers }
  if (body === undefined || parts.body === undefined) return request
  headers['Content-Type'] = body.mediaType
  return { ...request, body: isForm(body.mediaType) ? formOf(parts.body) : JSON.stringify(parts.body) }
}

function formOf(values: Record<string, unknown>): string {
  const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString()
}
