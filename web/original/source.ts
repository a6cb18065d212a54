import type { OriginalBundle } from '#contract/original-tab/bundle.ts'
import type { BootProgress, OriginalTab } from '#contract/original-tab/engine.ts'

/** Where the original comes from. Tests put their own in its place. */
export const originalSource = {
  /** Whether this browser can run Pyodide. Static blocks, which it needs, and lookbehind are in Safari since the same version, 16.4. */
  isSupported(): boolean {
    try {
      return new RegExp('(?<=a)b').test('ab')
    } catch {
      return false
    }
  },
  /** Whether this server has it. @throws ApiFailure */
  async find(): Promise<OriginalBundle> {
    const { askForBundle } = await import('./engine/find-bundle.ts')
    return askForBundle()
  },
  /** Downloads its files into the browser's cache, where a start finds them. @throws DownloadFailed */
  async loadAhead(address: string, report: (progress: BootProgress) => void): Promise<void> {
    const { loadAhead } = await import('./engine/download.ts')
    return loadAhead(address, report)
  },
  /** What talks to the worker; it isn't started yet. */
  async open(): Promise<OriginalTab> {
    const { openOriginal } = await import('./engine/original-tab.ts')
    return openOriginal()
  },
}
