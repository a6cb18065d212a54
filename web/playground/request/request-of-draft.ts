import type { PlainRequest } from '#contract/request.ts'
import { fillJson } from '#contract/fill-json.ts'
import { fillText, type Variables } from '#contract/variables.ts'
import { withoutEmpty, type RequestDraft, type Pair } from './draft.ts'

/**
 * The request of a draft, with variables filled in.
 * @param token the caller's access token, or null for no caller
 */
export function requestOfDraft(draft: RequestDraft, saved: Variables, token: string | null): PlainRequest {
  const variables = draft.asWritten ? null : saved
  const { method, path, headers, kind, body, form } = withoutEmpty(draft)
  const filled = (list: readonly Pair[]) =>
    list.map(({ name, value }): [string, string] => [name.trim(), filledText(value, variables)])
  const sent = filled(headers)
  const add = (name: string, value: string): void => {
    if (!sent.some(([given]) => given.toLowerCase() === name.toLowerCase())) sent.push([name, value])
  }
  if (kind === 'json') add('Content-Type', 'application/json')
  if (kind === 'form') add('Content-Type', 'application/x-www-form-urlencoded')
  if (token !== null) add('Authorization', `Bearer ${token}`)
  return { method, path: filledText(path, variables), headers: sent, body: bodyOf() }

  function bodyOf(): string | null {
    if (kind === 'none') return null
    if (kind === 'form') return new URLSearchParams(filled(form)).toString()
    if (kind === 'json' && variables !== null) return fillJson(body, variables)
    return filledText(body, variables)
  }
}

function filledText(text: string, variables: Variables | null): string {
  return variables === null ? text : String(fillText(text, variables))
}
