import type { PlainRequest } from '#contract/request.ts'
import { variablesIn } from '#contract/variables.ts'
import { emptyDraft, type RequestDraft } from './draft.ts'

/** The draft that sends a request unchanged, including its Authorization header. */
export function draftOfRequest(request: PlainRequest): RequestDraft {
  const { method, path, headers, body } = request
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value)
  const type = types.length === 1 ? types[0] : undefined
  const pairs = (list: Iterable<[string, string]>) => Array.from(list, ([name, value]) => ({ name, value }))
  const rest = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const asWritten = variablesIn([path, headers, body]).length > 0 ? { asWritten: true as const } : {}
  const draft = { ...emptyDraft(), method, path, headers: pairs(headers), ...asWritten }
  if (body === null) return draft
  if (type === 'application/json') return { ...draft, headers: pairs(rest), kind: 'json', body }
  if (type === 'application/x-www-form-urlencoded' && new URLSearchParams(body).toString() === body) {
    return { ...draft, headers: pairs(rest), kind: 'form', form: pairs(new URLSearchParams(body)) }
  }
  return { ...draft, kind: 'text', body }
}
