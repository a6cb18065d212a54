import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/**
 * Sends headers that `fetch` would not: any name, twice, in the given order.
 * @param headers names and values in turn
 */
export function sendRaw(
  origin: string,
  { method, path, headers, body = '' }: { method: string; path: string; headers: string[]; body?: string },
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ hostname, port, method, path },
        headers: ['Host', host, ...headers, 'Content-Length', String(Buffer.byteLength(body))],
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
