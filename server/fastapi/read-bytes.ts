import type { IncomingMessage } from 'node:http'
import { HTTPException } from './http-exception.ts'

/**
 * The whole body.
 * @param limit in bytes
 * @throws {HTTPException} 413 as soon as more than that has arrived, 400 when the caller disconnects in the middle
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const refuse = (error: HTTPException) => {
      request.removeAllListeners('data')
      reject(error)
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      chunks.push(chunk)
      if (length <= limit) return
      // The rest is never read: the connection has to go with the answer.
      refuse(new HTTPException(413, `Request body is larger than ${limit} bytes`, { Connection: 'close' }))
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', () => refuse(new HTTPException(400, 'There was an error parsing the body')))
  })
}
