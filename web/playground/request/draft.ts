import type { Method } from '#contract/lesson.ts'
import type { PracticeRequest } from '#contract/practice.ts'

/** A header or a field of a form, in the order in which it is shown. */
export interface Pair {
  name: string
  value: string
}

export type BodyKind = 'none' | 'json' | 'form' | 'text'

/** A request in the editor. Texts may contain `{{variables}}`, which are filled in when it is sent. */
export interface RequestDraft {
  /** `nobody`, or the key of a person. */
  caller: string
  method: string
  path: string
  headers: Pair[]
  kind: BodyKind
  /** The text of a JSON or plain body. */
  body: string
  form: Pair[]
  /** How many are sent at once, by the server; null for one request, sent by the browser. */
  burst: number | null
  /** Set when `{{names}}` are not variables here: they are sent literally. */
  asWritten?: true
}

export const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** The original draft of a step, or of another request that a lesson describes. */
export function draftOf(step: PracticeRequest): RequestDraft {
  return {
    caller: step.as,
    method: step.method,
    path: step.path,
    headers: pairs(step.headers),
    kind: step.json !== undefined ? 'json' : step.form ? 'form' : step.text !== undefined ? 'text' : 'none',
    body: step.json !== undefined ? JSON.stringify(step.json, null, 2) : (step.text ?? ''),
    form: pairs(step.form ?? {}),
    burst: step.burst ?? null,
  }
}

/** The original draft where there is no step. */
export function emptyDraft(): RequestDraft {
  return {
    caller: 'nobody',
    method: 'GET',
    path: '/users/',
    headers: [],
    kind: 'none',
    body: '',
    form: [],
    burst: null,
  }
}

/** A deep copy. */
export function copyDraft(draft: RequestDraft): RequestDraft {
  const copy = (list: readonly Pair[]) => list.map((pair) => ({ ...pair }))
  return { ...draft, headers: copy(draft.headers), form: copy(draft.form) }
}

/** Whether both drafts send the same request. */
export function sameDraft(one: RequestDraft, other: RequestDraft): boolean {
  return JSON.stringify(whatIsSent(one)) === JSON.stringify(whatIsSent(other))
}

/** Without text left over from another kind of body. */
function whatIsSent(draft: RequestDraft): RequestDraft {
  const { kind, body, form } = withoutEmpty(draft)
  const isText = kind === 'json' || kind === 'text'
  return { ...withoutEmpty(draft), body: isText ? body : '', form: kind === 'form' ? form : [] }
}

function pairs(record: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(record).map(([name, value]) => ({ name, value }))
}

/** Without rows that are completely empty. */
export function withoutEmpty(draft: RequestDraft): RequestDraft {
  const kept = (list: readonly Pair[]) => list.filter(({ name, value }) => name !== '' || value !== '')
  return { ...draft, headers: kept(draft.headers), form: kept(draft.form) }
}
