import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { mayDownloadUnasked } from './size-text.ts'
import { originalSource } from './source.ts'

/** `none`: not known yet, or this server has none. */
type Phase = 'none' | 'offered' | 'loading' | 'loaded' | 'failed'

/** The download of FastAPI before it is needed. It goes on when the page that began it has gone. */
export const useLoadAhead = defineStore('load-ahead', () => {
  const phase = shallowRef<Phase>('none')
  /** Of the whole download, and of it so far. */
  const bytes = shallowRef(0)
  const doneBytes = shallowRef(0)
  let address = ''

  /** Asks the server whether it has FastAPI, and downloads it where that costs nothing. */
  async function look(): Promise<void> {
    if (phase.value !== 'none') return
    const bundle = await originalSource.find().catch(() => null)
    if (bundle?.state !== 'ready' || phase.value !== 'none') return
    address = bundle.address
    bytes.value = bundle.bytes
    phase.value = 'offered'
    if (mayDownloadUnasked()) await load()
  }

  async function load(): Promise<void> {
    if (phase.value !== 'offered' && phase.value !== 'failed') return
    phase.value = 'loading'
    try {
      await originalSource.loadAhead(address, (progress) => (doneBytes.value = progress.doneBytes))
      phase.value = 'loaded'
    } catch {
      phase.value = 'failed'
    }
  }

  return { phase, bytes, doneBytes, look, load }
})
