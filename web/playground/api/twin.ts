import type { PlainRequest } from '#contract/request.ts'
import { bytesOf } from '../curl/utf8.ts'
import { asBrowserSends } from '../request/browser-headers.ts'
import { ownHeaders, unreachable } from '../../api/call.ts'

/** An answer as the browser saw it, after the redirects it followed. */
export interface Answer {
  status: number
  headers: [name: string, value: string][]
  text: string
  /** `undefined` when the answer isn't JSON. */
  json: unknown
  bytes: number
  /** Milliseconds from sending to the last byte. */
  ms: number
  redirected: boolean
  /** Path of what answered in the end. */
  path: string
}

/**
 * The request as the browser sends it: with its path resolved, without headers that a page can't set, and with U+FFFD for halves of
 * characters.
 * @throws SendFailure as `ownUrl`
 */
export function asSent(request: PlainRequest): PlainRequest {
  const { pathname, search } = ownUrl(request.path)
  const body = request.body === null ? null : utf8.decode(new TextEncoder().encode(request.body))
  return { ...asBrowserSends(request), path: pathname + search, body }
}

/** Keeps a mark of byte order, which is a part of what is sent. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Why a request brought no answer, in words for the person who sent it. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure'
}

/**
 * Sends one request to this host and no other.
 * @param traceparent W3C trace context; the browser sends it again when it follows a redirect
 * @throws SendFailure when the browser can't send it or no answer came; an AbortError when `signal` says to stop
 */
export async function sendToTwin(
  request: PlainRequest,
  traceparent: string,
  signal: AbortSignal,
): Promise<Answer> {
  const url = ownUrl(request.path)
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
 * The address of a path on this host.
 * @throws SendFailure for a path that is none, or that a browser would read as another host (`//host`, `/\host`)
 */
function ownUrl(path: string): URL {
  if (!path.startsWith('/'))
    throw new SendFailure('A path starts with /. Requests can only go to this server.')
  const url = URL.canParse(path, location.origin) ? new URL(path, location.origin) : null
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
  const sent = new Headers({ ...ownHeaders, traceparent })
  for (const [name, value] of headers) {
    try {
      // `Headers` takes one character for one byte, and every other client sends UTF-8.
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
  // As bytes: to a text the browser would add a Content-Type of its own.
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

function jsonOf(contentType: string, text: string): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType) || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
