import '../../api/jitless.ts'
import { z } from 'zod'
import { CopyChanged, CopyEvents, CopyMade, COPY_NOT_FOUND } from '#contract/study/copy.ts'
import type { StudyEvent } from '#contract/study/event.ts'
import { abortAfter } from '../../browser/newer.ts'

/** Why a copy couldn't be read or written. */
export type Trouble =
  /** There was no response. */
  | 'offline'
  /** It was deleted, or not used for too long. */
  | 'gone'
  | 'full'
  /** The server can't do it now. */
  | 'busy'
  /** The server and this page don't understand each other: one of them is older. */
  | 'refused'

export class CopyTrouble extends Error {
  override name = 'CopyTrouble'
  readonly trouble: Trouble
  /** After how long it may be tried again, if the server has said so. */
  readonly retryAfterSeconds: number | null

  constructor(trouble: Trouble, message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.trouble = trouble
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What can be done with a copy. Everything may be repeated: it then changes nothing more. @throws CopyTrouble */
export interface CopyCalls {
  make: () => Promise<void>
  /** @param after null reads from the beginning */
  read: (after: string | null) => Promise<CopyEvents>
  add: (events: readonly StudyEvent[]) => Promise<CopyChanged>
  remove: () => Promise<void>
}

/** Enough for a page of events over a slow connection. */
const TIMEOUT_MS = 30_000
const Detail = z.object({ detail: z.string() })

/** Calls the server for the copy of this key. @param send `fetch`, or what takes its place in a test */
export function copyCalls(key: string, send: typeof fetch = (...given) => fetch(...given)): CopyCalls {
  async function call(method: string, path: string, body?: string): Promise<unknown> {
    const { response, json } = await reach(method, path, body)
    if (response.ok) return json
    const detail = Detail.safeParse(json).data?.detail ?? `The server responded with ${response.status}.`
    const wait = Number(response.headers.get('Retry-After')) || null
    throw new CopyTrouble(troubleOf(response.status, detail), detail, wait)
  }

  async function reach(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ response: Response; json: unknown }> {
    try {
      const response = await send(`/api/study/${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        signal: abortAfter(TIMEOUT_MS),
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      return { response, json: jsonOf(text) }
    } catch {
      throw new CopyTrouble('offline', 'The server didn’t respond.')
    }
  }

  return {
    async make() {
      understood(CopyMade, await call('POST', 'copies'))
    },
    async read(after) {
      const query = after === null ? '' : `?after=${after}`
      return understood(CopyEvents, await call('GET', `copy/events${query}`))
    },
    async add(events) {
      return understood(CopyChanged, await call('POST', 'copy/events', JSON.stringify({ events })))
    },
    async remove() {
      await call('DELETE', 'copy')
    },
  }
}

function troubleOf(status: number, detail: string): Trouble {
  if (status === 404 && detail === COPY_NOT_FOUND) return 'gone'
  if (status === 409) return 'full'
  return status === 429 || status >= 500 ? 'busy' : 'refused'
}

/** A network that wants people to log in first answers everything with a page. */
function understood<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw new CopyTrouble('busy', 'The server’s response wasn’t what this page expects.')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
