import { isBusy, whileBusy } from './while-busy.ts'

/** A failed call of the app's own API. The message is for the user; `status` is null when there was no response. */
export class ApiFailure extends Error {
  readonly status: number | null
  /** The server was too busy to start. */
  readonly busy: boolean

  constructor(message: string, status: number | null, busy = false) {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
    this.busy = busy
  }
}

/** What is said when the server stayed busy. */
export const STAYED_BUSY = 'The server is too busy right now and has done nothing. Try again in a minute.'

/** Headers of every request: an interview's room names its sandbox here. Without, it is the one of the browser's cookie. */
export const ownHeaders: Record<string, string> = {}

/** As a zod schema. */
interface Parser<T> {
  parse(json: unknown): T
}

/** Notifies the page that the server can't be reached. @returns a message that says so */
export function unreachable(): string {
  dispatchEvent(new Event('viva:unreachable'))
  if (!navigator.onLine)
    return 'You’re offline, and this needs the server. Nothing was sent or lost: try again once you’re back online.'
  return 'The server didn’t respond. Is it running? Nothing was lost: try again once it’s back.'
}

/**
 * Calls the app's own API and parses the answer.
 * @param parser the schema that the response must have
 * @throws ApiFailure when there was no response, an error response, or one that the schema doesn't accept
 */
export async function callApi<T>(path: string, parser: Parser<T>, init: RequestInit = {}): Promise<T> {
  const response = await reach(path, init)
  const json: unknown = await response.json().catch(() => undefined)
  if (isBusy(response.headers)) {
    const detail = detailOf(json)
    throw new ApiFailure(
      detail ? `${detail}. Nothing was done: try again later.` : STAYED_BUSY,
      response.status,
      true,
    )
  }
  if (!response.ok)
    throw new ApiFailure(detailOf(json) ?? `${path} returned ${response.status}.`, response.status)
  try {
    return parser.parse(json)
  } catch {
    throw new ApiFailure(
      `${path} sent a response that this page doesn’t understand. Reload the page.`,
      response.status,
    )
  }
}

/** Names the build of the pages that this server has. */
const BUILD_HEADER = 'X-Viva-Build'

const headersOf = ({ headers }: Response): Headers => headers

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const headers = { Accept: 'application/json', ...ownHeaders, ...init.headers }
    const response = await whileBusy(() => fetch(path, { ...init, headers }), headersOf, {
      signal: init.signal,
    })
    dispatchEvent(new CustomEvent('viva:build', { detail: response.headers.get(BUILD_HEADER) }))
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFailure(unreachable(), null)
  }
}

function detailOf(json: unknown): string | undefined {
  if (json === null || typeof json !== 'object' || !('detail' in json)) return undefined
  return typeof json.detail === 'string' ? json.detail : undefined
}
