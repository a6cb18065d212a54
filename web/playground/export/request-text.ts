/**
 * The URL to which a browser sends a request: characters encoded, dots resolved, without a fragment.
 * @param path as it was typed
 * @param origin scheme and host
 */
export function sentAddress(path: string, origin: string): string {
  const url = new URL(origin + (path.startsWith('/') ? path : `/${path}`))
  url.hash = ''
  // Node 20 leaves this one as it is; browsers follow the newer standard.
  url.pathname = url.pathname.replaceAll('^', '%5E')
  return url.href
}

/** Thrown for a request that an export format can't represent faithfully. The message tells the user why. */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite'
}
