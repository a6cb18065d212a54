import type { PlainRequest } from '#contract/request.ts'
import { bytesOf } from '../curl/utf8.ts'
import { parsedUrl } from '../../browser/newer.ts'
import { randomHex } from '../../browser/random.ts'
import { toBrowserRequest } from '../request/browser-headers.ts'
import { ownHeaders, unreachable } from '../../api/call.ts'

/** A response as the browser received it, after following redirects. */
export interface Answer {
  status: number
  headers: [name: string, value: string][]
  text: string
  /** `undefined` when the response isn't JSON. */
  json: unknown
  bytes: number
  /** From sending to the last byte, in milliseconds. */
  ms: number
  redirected: boolean
  /** Path of the final response. */
  path: string
  /** The origin in whose name the server sent the request, instead of this page. */
  origin?: string
}

/**
 * A new W3C trace context, one for each send.
 * Source: https://www.w3.org/TR/trace-context/#traceparent-header. An id of zeros alone is invalid; 16 random bytes never are zero.
 */
export function newTrace(): { id: string; traceparent: string } {
  const id = randomHex(16)
  return { id, traceparent: `00-${id}-${randomHex(8)}-01` }
}

/**
 * The request as the browser sends it: with its path resolved, without headers that a page can't set, and with U+FFFD for unpaired
 * surrogates.
 * @throws SendFailure as `sameOriginUrl`
 */
export function toSentRequest(request: PlainRequest): PlainRequest {
  const { pathname, search } = sameOriginUrl(request.path)
  const body = request.body === null ? null : utf8.decode(new TextEncoder().encode(request.body))
  return { ...toBrowserRequest(request), path: pathname + search, body }
}

/** Keeps a byte order mark, which is part of the body. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Thrown when a request got no response. The message is for the person who sent it. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure'
}

/**
 * Sends a request to this host only.
 * @param traceparent W3C trace context; the browser sends it again when it follows a redirect
 * @throws SendFailure when the browser can't send it or got no response; an AbortError when `signal` aborts
 */
export async function sendRequest(
  request: PlainRequest,
  traceparent: string,
  signal: AbortSignal,
): Promise<Answer> {
  const url = sameOriginUrl(request.path)
  const prepared = prepare(url, request, traceparent, signal)
  const started = performance.now()
  try {
    const response = await fetch(prepared)
    const body = await response.arrayBuffer()
    const ms = performance.now() - started
    return answerOf(response, body, ms)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new SendFailure(unreachable())
  }
}

/**
 * The URL of a path on this host.
 * @throws SendFailure for an invalid path, or one that a browser would read as another host (`//host`, `/\host`)
 */
function sameOriginUrl(path: string): URL {
  if (!path.startsWith('/'))
    throw new SendFailure('A path starts with /. Requests can only go to this server.')
  const url = parsedUrl(path, location.origin)
  if (url?.origin !== location.origin)
    throw new SendFailure('That path leads to another host. Requests can only go to this server.')
  return url
}

function prepare(
  url: URL,
  { method, headers, body }: PlainRequest,
  traceparent: string,
  signal: AbortSignal,
): Request {
  const typed = headers.map(([name]) => name.toLowerCase())
  const own = Object.entries(ownHeaders).filter(([name]) => !typed.includes(name.toLowerCase()))
  const sent = new Headers([...own, ['traceparent', traceparent]])
  for (const [name, value] of headers) {
    try {
      // `Headers` treats each character as one byte; sending UTF-8 matches every other client.
      sent.append(name, bytesOf(value))
    } catch {
      throw new SendFailure(`Browsers can’t send the header “${name}: ${value}”.`)
    }
  }
  if (body !== null && (method === 'GET' || method === 'HEAD')) {
    throw new SendFailure(
      `Browsers can’t send a body with ${method}. Remove the body, or copy the request as curl.`,
    )
  }
  if (/^(connect|trace|track)$/i.test(method))
    throw new SendFailure(`Browsers can’t send ${method.toUpperCase()}. Copy the request as curl.`)
  if (!/^[-!#$%&'*+.^_`|~\w]+$/.test(method))
    throw new SendFailure(`“${method}” is not a method: it must be one word, such as GET.`)
  // As bytes: for text, the browser would add its own Content-Type.
  return new Request(url.href, {
    method,
    headers: sent,
    signal,
    body: body === null ? null : new TextEncoder().encode(body),
  })
}

function answerOf(response: Response, body: ArrayBuffer, ms: number): Answer {
  const text = new TextDecoder().decode(body)
  const address = new URL(response.url || '/', location.origin)
  return {
    status: response.status,
    headers: [...response.headers],
    text,
    json: jsonOf(response.headers.get('content-type') ?? '', text),
    bytes: body.byteLength,
    ms,
    redirected: response.redirected,
    path: address.pathname + address.search,
  }
}

/** @returns `undefined` when the response isn't JSON */
export function jsonOf(contentType: string, text: string): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType) || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
