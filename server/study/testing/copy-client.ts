import { randomBytes, randomUUID } from 'node:crypto'
import type { StudyEvent } from '#contract/study/event.ts'

export interface Answered {
  status: number
  headers: Headers
  text: string
  json: Record<string, unknown>
}

/** A grade of a card, as a browser would write it. */
export function gradeOf(card = 'question/01-one', more: object = {}): StudyEvent {
  const time = 1_795_900_000_000
  return { id: randomUUID(), version: 2, time, day: '2026-11-29', kind: 'review', card, grade: 3, ...more }
}

/** A mark that another event is removed. */
export function removalOf(event: string): StudyEvent {
  return { id: randomUUID(), version: 2, time: 1_795_900_000_001, day: '2026-11-29', kind: 'removed', event }
}

/** One device that has the key of a copy. */
export class CopyClient {
  readonly key: string
  readonly #origin: string

  constructor(origin: string, key = randomBytes(32).toString('base64url')) {
    this.#origin = origin
    this.key = key
  }

  /** The same copy on another device, or through another instance. */
  at(origin: string): CopyClient {
    return new CopyClient(origin, this.key)
  }

  make(): Promise<Answered> {
    return this.call('POST', '/api/study/copies')
  }

  add(...events: unknown[]): Promise<Answered> {
    return this.call('POST', '/api/study/copy/events', { events })
  }

  read(after?: unknown): Promise<Answered> {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(String(after))}`
    return this.call('GET', `/api/study/copy/events${query}`)
  }

  remove(): Promise<Answered> {
    return this.call('DELETE', '/api/study/copy')
  }

  /** All events, page by page. */
  async all(): Promise<StudyEvent[]> {
    const events: StudyEvent[] = []
    for (let after: unknown, hasMore = true; hasMore;) {
      const { json } = await this.read(after)
      events.push(...(json.events as StudyEvent[]))
      ;({ cursor: after, hasMore } = json as { cursor: string; hasMore: boolean })
    }
    return events
  }

  async call(method: string, path: string, body?: unknown, headers: object = {}): Promise<Answered> {
    const response = await fetch(this.#origin + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    let json: Record<string, unknown> = {}
    try {
      json = JSON.parse(text) as Record<string, unknown>
    } catch {
      // Not every answer has a body.
    }
    return { status: response.status, headers: response.headers, text, json }
  }
}
