/** What the app's own API could not do, in words for the person who asked. `status` is null when no answer came. */
export class ApiFailure extends Error {
  readonly status: number | null

  constructor(message: string, status: number | null) {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
  }
}

/** Headers of every request: an interview's room names its sandbox here. Without, it is the one of the browser's cookie. */
export const ownHeaders: Record<string, string> = {}

/** What a zod schema offers; the schemas themselves come with the first call, not with the page. */
interface Parser<T> {
  parse(json: unknown): T
}

/** Tells the page that the server can't be reached. @returns the same in words */
export function unreachable(): string {
  dispatchEvent(new Event('viva:unreachable'))
  return 'The server did not answer. Is it running? Nothing was lost: try again when it is back.'
}

/**
 * Calls the app's own API and parses the answer.
 * @param parser loads the schema that the answer must have
 * @throws ApiFailure when no answer came, when it was an error, or when it had another shape
 */
export async function callApi<T>(
  path: string,
  parser: () => Promise<Parser<T>>,
  init: RequestInit = {},
): Promise<T> {
  const [response, schema] = await Promise.all([reach(path, init), parser()])
  const json: unknown = await response.json().catch(() => undefined)
  if (!response.ok)
    throw new ApiFailure(detailOf(json) ?? `${path} answered ${response.status}.`, response.status)
  try {
    return schema.parse(json)
  } catch {
    throw new ApiFailure(
      `${path} answered in a shape that this page does not know. Reload it.`,
      response.status,
    )
  }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, {
      ...init,
      headers: { Accept: 'application/json', ...ownHeaders, ...init.headers },
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFailure(unreachable(), null)
  }
}

function detailOf(json: unknown): string | undefined {
  if (json === null || typeof json !== 'object' || !('detail' in json)) return undefined
  return typeof json.detail === 'string' ? json.detail : undefined
}
