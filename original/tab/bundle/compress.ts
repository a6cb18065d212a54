import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** What a folder of `dist/original/` says about itself, in `manifest.json`, which is written last. */
interface Manifest {
  /** By name: bytes as they are, and as they travel in brotli. */
  files: Record<string, { bytes: number; wire: number }>
}

/**
 * Writes each file of a folder compressed, as `.br` and `.gz`, into another, with a `manifest.json`. This takes minutes of a core:
 * every learner's download is worth it, and it is done once for a version.
 */
export async function compressAll(folder: string, target: string): Promise<void> {
  const manifest: Manifest = { files: {} }
  const names = (await readdir(folder)).sort()
  await Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name))
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      }
      const small = await brotli(content, { params })
      await writeFile(join(target, `${name}.br`), small)
      await writeFile(join(target, `${name}.gz`), await zip(content, { level: 9 }))
      manifest.files[name] = { bytes: content.length, wire: small.length }
    }),
  )
  await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest))
}
