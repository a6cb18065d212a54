import { hideInHeader, hideSecrets } from './hide-secrets.ts'
import type { PlainRequest } from '#contract/request.ts'

/** A request with its response, as far as an archive needs it. */
export interface HarRecord {
  at: string
  request: PlainRequest
  answer: {
    status: number
    statusText: string
    headers: [string, string][]
    text: string
    bytes: number
    ms: number
  }
  comment?: string
}

/**
 * The requests of a session as HAR 1.2, oldest first. Tokens and passwords are removed: an archive is meant to be shared.
 * Source: http://www.softwareishard.com/blog/har-12-spec/
 */
export function toHar(records: readonly HarRecord[], origin: string, version: string): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Viva', version },
      entries: records.map((record) => entry(record, origin)),
    },
  }
}

function entry({ at, request, answer, comment }: HarRecord, origin: string): object {
  const type = (headers: [string, string][]) =>
    headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const body = request.body === null ? null : hideSecrets(request.body)
  const text = hideSecrets(answer.text)
  return {
    startedDateTime: at,
    time: answer.ms,
    request: {
      method: request.method,
      url: new URL(request.path, origin).href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listed(request.headers),
      queryString: [...new URL(request.path, origin).searchParams].map(([name, value]) => ({ name, value })),
      ...(body === null ? {} : { postData: { mimeType: type(request.headers), text: body } }),
      headersSize: -1,
      bodySize: request.body === null ? 0 : new TextEncoder().encode(request.body).length,
    },
    response: {
      status: answer.status,
      statusText: answer.statusText,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listed(answer.headers),
      content: { size: answer.bytes, mimeType: type(answer.headers), text },
      redirectURL: '',
      headersSize: -1,
      bodySize: answer.bytes,
    },
    cache: {},
    timings: { send: 0, wait: answer.ms, receive: 0 },
    ...(comment ? { comment } : {}),
  }
}

function listed(headers: [string, string][]): { name: string; value: string }[] {
  return headers.map(([name, value]) => ({ name, value: hideInHeader(name, value) }))
}
