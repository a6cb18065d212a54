/** A download's size as people read it: `about 8 MB`, or in kB below a megabyte. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  const mb = bytes / 1_000_000
  return `${mb < 10 ? mb.toFixed(1) : Math.round(mb)} MB`
}

/** https://wicg.github.io/netinfo/, which only Chromium has; on computers it leaves `type` out. */
interface Connection {
  saveData?: boolean
  type?: string
  effectiveType?: string
}

/** Whether the browser asks pages to load little. */
export function savesData(): boolean {
  return connection()?.saveData === true
}

/**
 * Whether a large download may begin without being asked for: not where the browser saves data, where the connection is mobile or slow,
 * or on a phone that says nothing of it.
 */
export function mayDownloadUnasked(): boolean {
  if (savesData() || matchMedia('(prefers-reduced-data: reduce)').matches) return false
  const { type, effectiveType = '4g' } = connection() ?? {}
  if (type !== undefined) return type === 'wifi' || type === 'ethernet'
  return effectiveType === '4g' && !matchMedia('(pointer: coarse)').matches
}

function connection(): Connection | undefined {
  return (navigator as Navigator & { connection?: Connection }).connection
}
