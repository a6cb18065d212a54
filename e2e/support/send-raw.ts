import { request, type Agent, type IncomingHttpHeaders } from 'node:http'

export interface RawRequest {
  method: string
  /** Written into the request line as it is. */
  path: string
  /** Alternating names and values, with duplicates if needed; or an object. */
  headers: readonly string[] | Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Reuses this agent's connections; by default a connection of its own. */
  agent?: Agent
  /** The Host header, if different from the origin's. */
  host?: string
  /** The local address to send from. */
  localAddress?: string
  /** Called when the whole request has been handed to the system. */
  sent?: () => void
}

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/**
 * Sends a request unchanged, where `fetch` would correct or refuse it, and with less overhead than `fetch`.
 * @throws when the connection breaks before the answer is complete; `reused` on the error tells whether it was an older connection
 */
export function sendRaw(
  origin: string,
  { headers, body, host: asHost, sent: whenSent, ...asked }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  const given = Array.isArray(headers) ? (headers as string[]) : Object.entries(headers).flat()
  const hasLength = given.some((text, place) => place % 2 === 0 && text.toLowerCase() === 'content-length')
  const length = body === undefined || hasLength ? [] : ['Content-Length', String(Buffer.byteLength(body))]
  return new Promise((done, fail) => {
    const sent = request(
      { hostname, port, ...asked, headers: ['Host', asHost ?? host, ...given, ...length] },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', fail)
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
        })
      },
    )
    sent.on('error', (error) => fail(Object.assign(error, { reused: sent.reusedSocket })))
    if (whenSent !== undefined) sent.on('finish', whenSent)
    sent.end(body)
  })
}
