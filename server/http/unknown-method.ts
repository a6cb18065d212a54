import { IncomingMessage, METHODS, ServerResponse, type Server } from 'node:http'
import type { Socket } from 'node:net'

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const REQUEST_LINE = new RegExp(`^(${TOKEN}) ((?:/|\\*|https?://)[\\x21-\\x7e]*) HTTP/1\\.([01])$`)
const HEADER = new RegExp(`^(${TOKEN}):[ \\t]*([\\x20-\\x7e\\x80-\\xff\\t]*?)[ \\t]*$`)

/** What Node's parser reports about a head that it refused. */
export interface RefusedPacket {
  rawPacket?: Buffer
  bytesParsed?: number
}

interface Head {
  method: string
  target: string
  minorVersion: number
  headers: [name: string, value: string][]
}

/**
 * Node's parser refuses methods that it doesn't know, such as `FOO`, and any in lower case. The app answers them like others:
 * this rebuilds the request from the refused bytes and passes it on. Its body is never read, and the connection closes with
 * the answer, so nothing after it can be mistaken for another request.
 * @returns false when the bytes are not such a request
 */
export function answerUnknownMethod(server: Server, socket: Socket, packet: RefusedPacket): boolean {
  const head = readHead(packet)
  if (head === undefined || METHODS.includes(head.method)) return false
  const request = new IncomingMessage(socket)
  request.method = head.method
  request.url = head.target
  request.httpVersionMajor = 1
  request.httpVersionMinor = head.minorVersion
  request.httpVersion = `1.${head.minorVersion}`
  request.rawHeaders = head.headers.flat()
  request.headers = Object.fromEntries(new Headers(head.headers))
  request.complete = true
  request.push(null)
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.once('finish', () => {
    response.detachSocket(socket)
    response.emit('close')
    socket.destroySoon()
  })
  return server.emit('request', request, response)
}

/** Reads whole lines only: if the head arrived in several packets, some of its headers may be missing. */
function readHead({ rawPacket, bytesParsed = 0 }: RefusedPacket): Head | undefined {
  if (rawPacket === undefined) return undefined
  // Earlier requests may precede it in the packet.
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf('\n', bytesParsed - 1) + 1
  const end = rawPacket.indexOf('\r\n\r\n', start)
  const text = rawPacket.toString('latin1', start, end < 0 ? undefined : end + 2)
  const [line = '', ...lines] = text.split('\r\n').slice(0, -1)
  const [, method, target, minor] = REQUEST_LINE.exec(line) ?? []
  if (method === undefined || target === undefined) return undefined
  const headers: Head['headers'] = []
  for (const each of lines) {
    const [, name, value] = HEADER.exec(each) ?? []
    if (name === undefined || value === undefined) return undefined
    headers.push([name, value])
  }
  return { method, target, minorVersion: Number(minor), headers }
}
