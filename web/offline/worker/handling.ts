/** How the worker treats a request. What it leaves alone goes to the network as if there were no worker. */
export type Handling =
  | { kind: 'leave' }
  /** A navigation to a page that the build has, at this address. */
  | { kind: 'page'; path: string }
  /** A file whose name holds a hash of its content: it is the same in every build. */
  | { kind: 'asset'; path: string }
  /** A file that has this address in every build, asked for by a page of one build. */
  | { kind: 'data'; path: string; build: string }

/** What decides about a request. */
export type Asked = Pick<Request, 'method' | 'mode' | 'url' | 'headers'>

const LEAVE: Handling = { kind: 'leave' }

/**
 * Decides by the request alone. Only addresses that are listed here are ever handled, so the API, the project's own paths, the
 * interview rooms and their streams of events never are.
 * @param files the addresses of the build's files
 */
export function handlingOf(
  { method, mode, url, headers }: Asked,
  origin: string,
  files: BuiltFiles,
): Handling {
  const { origin: asked, pathname, searchParams } = new URL(url)
  if (method !== 'GET' || asked !== origin || headers.has('Range')) return LEAVE
  if (mode === 'navigate') {
    const path = withoutSlashes(pathname)
    // The home page lists the lessons. A lesson's address had its number once.
    const now = path === '/lessons' ? '/' : path.replace(/^\/lessons\/\d\d-/, '/lessons/')
    const page = [path, now].find((each) => each in files)
    return isPage(path) && page !== undefined ? { kind: 'page', path: page } : LEAVE
  }
  if (pathname.startsWith('/assets/')) return { kind: 'asset', path: pathname }
  const build = searchParams.get('build')
  if (build && !isPage(pathname) && pathname in files) return { kind: 'data', path: pathname, build }
  return LEAVE
}

/** The files of a build: the SHA-256 of each, in base64, by its address. */
export type BuiltFiles = Readonly<Record<string, string>>

/** The address of a page, which may be written with slashes at its end. */
export function withoutSlashes(path: string): string {
  return path === '/' ? path : path.replace(/\/+$/, '')
}

/** Pages have addresses without a suffix. */
export function isPage(path: string): boolean {
  return !/\.\w+$/.test(path)
}
