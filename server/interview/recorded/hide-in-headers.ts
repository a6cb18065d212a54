import { HIDDEN } from '#contract/trace.ts'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { RESPONSE_NAMES } from './known-names.ts'
import { hideInPath } from './hide-in-path.ts'
import { recordedName, type Secrets } from './secrets.ts'

/** Headers that a browser sends by itself: they show nothing of what the candidate did. */
const BROWSER_HEADERS =
  /^(sec-|accept-encoding$|accept-language$|connection$|host$|user-agent$|cookie$|referer$|traceparent$|x-sandbox$|x-viva-caller-login$|dnt$|priority$|origin$|content-length$|pragma$|cache-control$)/
const MAX_HEADERS = 40
const MEDIA_TYPE = /^\s*[\w*.+-]{1,60}\/[\w*.+-]{1,60}\s*(?:;\s*(?:q=[\d.]{1,5}|charset="?[\w-]{1,30}"?)\s*)*/
const SCHEME = /^(basic|bearer|digest|negotiate)(?=\s|$)/i

type Header = [name: string, value: string]

/** Headers that the candidate set. Of most only the name is recorded: any of them could contain a secret. */
export function requestHeaders(headers: IncomingHttpHeaders, secrets: Secrets): Header[] {
  return listOf(headers)
    .filter(([name]) => !BROWSER_HEADERS.test(name))
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [recordedName(name), sentValue(name, value, secrets)])
}

/** Headers that describe the response. */
export function responseHeaders(headers: OutgoingHttpHeaders, secrets: Secrets): Header[] {
  return listOf(headers).flatMap(([name, value]): Header[] => {
    if (name === 'content-type') return [[name, mediaTypes(value)]]
    if (name === 'location')
      return [[name, hideInPath(value, { names: RESPONSE_NAMES, secrets }).slice(0, 1_000)]]
    const isPlain = ['allow', 'retry-after', 'www-authenticate', 'content-length'].includes(name)
    return isPlain ? [[name, value.slice(0, 1_000)]] : []
  })
}

function sentValue(name: string, value: string, secrets: Secrets): string {
  if (name === 'content-type' || name === 'accept') return mediaTypes(value)
  secrets.add(value)
  const scheme = name === 'authorization' ? SCHEME.exec(value)?.[0] : undefined
  // A token may be sent again as a password, and a password as a token.
  if (scheme !== undefined) secrets.add(value.slice(scheme.length).trim())
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`
}

/** Media types with their `q` and `charset` parameters; a boundary or anything else is left out. */
function mediaTypes(value: string): string {
  const types = value.split(',').map((type) => MEDIA_TYPE.exec(type)?.[0].trim() ?? HIDDEN)
  return types.join(', ').slice(0, 1_000)
}

function listOf(headers: NodeJS.Dict<string | number | string[]>): Header[] {
  return Object.entries(headers).flatMap(([name, value]): Header[] =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)]],
  )
}
