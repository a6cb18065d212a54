import type { PlainRequest } from '#contract/request.ts'
import { variablesIn } from '#contract/variables.ts'
import { CannotWrite, sentAddress } from './request-text.ts'

/**
 * A request as a block of an `.http` file that REST Client, JetBrains IDEs and httpYac all send unchanged.
 * @param origin scheme and host that it goes to, or a variable of the file
 * @param variables names that the file fills in between double braces
 * @throws CannotWrite when one of those tools would misread a part of the request
 */
export function toHttp(
  request: PlainRequest,
  origin: string,
  variables: ReadonlySet<string> = new Set(),
): string {
  const { method, headers, body } = request
  const address = origin.startsWith('{{')
    ? origin + withVariables(request.path)
    : sentAddress(request.path, origin)
  const unknown = variablesIn([address.slice(origin.length), headers, body]).find(
    (name) => !variables.has(name),
  )
  if (unknown !== undefined)
    throw new CannotWrite(
      `{{${unknown}}} is a variable in an .http file, which has no way to send the braces themselves.`,
    )
  if (!/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method))
    throw new CannotWrite(`Not every tool that reads .http files supports the method ${method}.`)
  if (!isDecodable(address))
    throw new CannotWrite(
      "This URL can't be written in an .http file: it has a % that is not a valid escape.",
    )
  for (const header of headers) refuseHeader(...header)
  if (body !== null) refuseBody(body, contentType(headers))
  const lines = [`${method} ${address}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  return body === null || body === '' ? `${lines.join('\n')}\n` : `${lines.join('\n')}\n\n${body}\n`
}

/** The path as it is sent, except for its variables. */
function withVariables(path: string): string {
  const here = 'http://viva.invalid'
  const marked = path.replaceAll(/\{\{(\w+)\}\}/g, '~~$1~~')
  return sentAddress(marked, here)
    .slice(here.length)
    .replaceAll(/~~(\w+)~~/g, '{{$1}}')
}

function isDecodable(address: string): boolean {
  try {
    return decodeURIComponent(address) !== ''
  } catch {
    return false
  }
}

function contentType(headers: PlainRequest['headers']): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? ''
}

function refuseHeader(name: string, value: string): void {
  const written = `${name}: ${value}`
  if (
    !/^[a-z\d][\w.-]*$/i.test(name) ||
    /^x-request-type$/i.test(name) ||
    !/^(?![^]*,$)[\t -~]*$/.test(value) ||
    value.includes('{{{')
  )
    throw new CannotWrite(`Not every tool that reads .http files sends the header “${written}” unchanged.`)
  if (/^authorization$/i.test(name) && /^(?!bearer )\S+\s+.*[\s:]/i.test(value))
    throw new CannotWrite(
      'Tools that read .http files replace this Authorization header with one they compute.',
    )
}

/** Lines that some tool reads as a comment, a separator, a variable, a script, a file or another request. */
const MEANS_SOMETHING =
  /^\s*(?:[#@<>?=]|\/[/*]|---|\.{3}|\{\{|(?:query|mutation|fragment|gql)\b|[A-Z]{2,}\b)|={3}\s*(?:wait-for-server)?\s*$|<--->/

function refuseBody(body: string, type: string): void {
  const line = body.split('\n').find((text) => MEANS_SOMETHING.test(text.replaceAll(/\{\{\w+\}\}/g, '')))
  if (line !== undefined)
    throw new CannotWrite(
      `This body can't be written in an .http file: the line “${line.trim()}” has a special meaning there.`,
    )
  if (/^\s*\n|\n\s*$|^\s+$/.test(body))
    throw new CannotWrite(
      "This body can't be written in an .http file: empty lines at its start or end would be dropped.",
    )
  if (/[^\P{Cc}\n\t]|[\u2028\u2029\ufeff]/u.test(body))
    throw new CannotWrite(
      "This body can't be written in an .http file: it has control characters or Windows line endings.",
    )
  const plainForm = /^[\w.*+%=&-]*$/.test(body.replaceAll(/\{\{\w+\}\}/g, ''))
  if (
    (type.includes('x-www-form-urlencoded') && !plainForm) ||
    /ndjson|json-?lines|graphql|multipart/.test(type)
  )
    throw new CannotWrite(`Tools that read .http files rewrite bodies of type ${type}.`)
}
