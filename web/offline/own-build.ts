/** The build that this page is of, as its HTML says; undefined in development. */
export function ownBuild(): string | undefined {
  return document.documentElement.dataset.build
}

/** Whether a build is known and isn't this page's. */
export function isOther(build: unknown): boolean {
  return typeof build === 'string' && build !== '' && ownBuild() !== undefined && build !== ownBuild()
}

/** Asks the server which pages it has. @returns whether this page is of another build; false if the server doesn't say */
export async function isServerOther(): Promise<boolean> {
  try {
    const { headers } = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' })
    return isOther(headers.get('X-Viva-Build'))
  } catch {
    return false
  }
}
