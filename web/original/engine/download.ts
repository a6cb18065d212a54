import type { BootProgress } from '#contract/original-tab/engine.ts'

/** What `manifest.json` of a bundle says: bytes as they are, and as they travel. */
interface Manifest {
  files: Record<string, { bytes: number; wire: number }>
}

/** A file of the bundle can't be loaded: no connection, or the server has another version by now. */
export class DownloadFailed extends Error {
  override name = 'DownloadFailed'
  readonly kind: 'offline' | 'outdated'

  constructor(kind: 'offline' | 'outdated', message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** Loads files of a bundle and counts what has arrived of all of them. */
export class Download {
  readonly #address: string
  readonly #manifest: Manifest
  readonly #report: (progress: BootProgress) => void
  #doneBytes = 0

  private constructor(address: string, manifest: Manifest, report: (progress: BootProgress) => void) {
    this.#address = address
    this.#manifest = manifest
    this.#report = report
  }

  /** @throws DownloadFailed */
  static async of(address: string, report: (progress: BootProgress) => void): Promise<Download> {
    const answer = await load(`${address}manifest.json`)
    const manifest = await answer.json().catch((error: unknown) => {
      throw new DownloadFailed('offline', 'manifest.json broke off', { cause: error })
    })
    return new Download(address, manifest as Manifest, report)
  }

  /** The file as an answer whose body counts as it is read. @throws DownloadFailed */
  async answer(name: string): Promise<Response> {
    const answer = await load(this.#address + name)
    const { bytes = 0, wire = 0 } = this.#manifest.files[name] ?? {}
    // The browser has decompressed it already: what travelled is in the same proportion.
    const share = bytes === 0 ? 0 : wire / bytes
    const count = (length: number): void => {
      this.#doneBytes += length * share
      const doneBytes = Math.round(this.#doneBytes)
      this.#report({ stage: 'download', doneBytes, totalBytes: this.#totalBytes() })
    }
    const counted = answer.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          count(chunk.length)
          controller.enqueue(chunk)
        },
      }),
    )
    const type = answer.headers.get('Content-Type') ?? ''
    return new Response(counted ?? null, { headers: { 'Content-Type': type } })
  }

  /** @throws DownloadFailed */
  async bytes(name: string): Promise<Uint8Array> {
    const answer = await this.answer(name)
    const content = await answer.arrayBuffer().catch((error: unknown) => {
      throw new DownloadFailed('offline', `${name} broke off`, { cause: error })
    })
    // Not every browser and proxy notices a connection that ends early.
    if (content.byteLength !== this.#manifest.files[name]?.bytes)
      throw new DownloadFailed('offline', `${name} is not whole`)
    return new Uint8Array(content)
  }

  /** The files that a start loads. */
  get names(): string[] {
    return Object.keys(this.#manifest.files).filter((name) => /\.(zip|so|wasm|mjs)$/.test(name))
  }

  /** Pyodide's scripts are loaded by `import`, uncounted. */
  #totalBytes(): number {
    const counted = Object.entries(this.#manifest.files).filter(([name]) => /\.(zip|so|wasm)$/.test(name))
    return counted.reduce((sum, [, { wire }]) => sum + wire, 0)
  }
}

/**
 * Downloads a bundle into the browser's cache: its files never change, so a start finds them there.
 * @throws DownloadFailed
 */
export async function loadAhead(address: string, report: (progress: BootProgress) => void): Promise<void> {
  const download = await Download.of(address, report)
  // One after another, so that no more than one is held in memory.
  for (const name of download.names) await download.bytes(name)
}

/** Asks for a file. @throws DownloadFailed */
export async function load(address: string): Promise<Response> {
  const answer = await fetch(address).catch((error: unknown) => {
    throw new DownloadFailed('offline', `${address} can't be loaded`, { cause: error })
  })
  if (answer.ok) return answer
  throw new DownloadFailed(
    answer.status === 404 ? 'outdated' : 'offline',
    `${address} can't be loaded: ${answer.status}`,
  )
}
