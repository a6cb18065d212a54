/** What a folder of `dist/original/` says about itself, in `manifest.json`, which is written last. */
export interface Manifest {
  /** By name: bytes as they are, and as they travel in brotli. */
  files: Record<string, { bytes: number; wire: number }>
}

/** The name of the file in `dist/original/` that is there while a bundle is being built; it holds the builder's process id. */
export const PREPARING = 'preparing'
