import type { Request } from './request.ts'

const text = new TextDecoder('utf-8', { ignoreBOM: true })

/** The path of a request's target, with `%XX` decoded as uvicorn does: bytes that aren't UTF-8 become U+FFFD. */
export function decodedPath(target: string): string {
  const end = target.indexOf('?')
  const path = end < 0 ? target : target.slice(0, end)
  if (!path.includes('%')) return path
  return path.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    text.decode(Buffer.from(run.replaceAll('%', ''), 'hex')),
  )
}

/** Everything after the first `?`, undecoded. */
export function queryString(target: string): string {
  const start = target.indexOf('?')
  return start < 0 ? '' : target.slice(start + 1)
}

const HOST = /^([a-z0-9._~%!$&'()*+,;=-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$/i

/**
 * The absolute address of another path on this host, its query kept, as Starlette's RedirectResponse writes it.
 * @param path decoded
 */
export function locationOf(request: Request, path: string): string {
  const query = queryString(request.url)
  const safePath = path.replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll('\\', '%5C')
  return quote(`${request.protocol}://${authority(request)}${safePath}${query === '' ? '' : `?${query}`}`)
}

/** The Host header where it is valid, otherwise the address at which the request arrived. */
function authority(request: Request): string {
  const host = request.get('Host')
  const [, , port = ''] = HOST.exec(host) ?? []
  if (HOST.test(host) && Number(port) <= 65535) return host
  const { localAddress = '', localPort } = request.socket
  return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}

/** Python's `quote(url, safe=":/%#?=@[]!$&'()*+,;")`. */
function quote(url: string): string {
  return url.replace(/[^A-Za-z0-9_.~:/%#?=@[\]!$&'()*+,;-]+/g, (run) =>
    Buffer.from(run).reduce((out, byte) => `${out}%${byte.toString(16).toUpperCase().padStart(2, '0')}`, ''),
  )
}
