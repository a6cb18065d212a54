import type { PlainRequest } from '../../contract/request.ts'

/**
 * A request as JavaScript.
 * @param origin scheme and host that it goes to
 */
export function toFetch({ method, path, headers, body }: PlainRequest, origin: string): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const shownHeaders = names.size === headers.length ? Object.fromEntries(headers) : headers
  const options = {
    ...(method === 'GET' ? {} : { method }),
    ...(headers.length ? { headers: shownHeaders } : {}),
    ...(body === null ? {} : { body }),
  }
  const second = Object.keys(options).length ? `, ${JSON.stringify(options, null, 2)}` : ''
  return `const response = await fetch(${JSON.stringify(origin + path)}${second})\nconsole.log(response.status, await response.text())\n`
}
