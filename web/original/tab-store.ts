import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type {
  ApplyResult,
  BootProgress,
  OriginalTab,
  OriginalVersions,
  ProjectFiles,
} from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { sentenceOf } from './engine/sentences.ts'
import { lastDiedHere, markRunning } from './running-mark.ts'
import { originalSource } from './source.ts'

/**
 * `unknown`: not asked yet. `offered`: it can be started. `off`: this server can't be asked. `too-old`: this browser can't run it. The
 * others are as named.
 */
type Phase = 'unknown' | 'absent' | 'preparing' | 'off' | 'too-old' | 'offered' | 'starting' | 'ready'

const RETRY_PREPARING_MS = 5_000

/** The original in this tab: whether there is one, its start, and which files it runs. */
export const useOriginalTab = defineStore('original-tab', () => {
  const phase = shallowRef<Phase>('unknown')
  /** What a start downloads. */
  const bytes = shallowRef(0)
  const progress = shallowRef<BootProgress | null>(null)
  const versions = shallowRef<OriginalVersions | null>(null)
  /** Why it isn't running, or ''. */
  const message = shallowRef('')
  /** Counts databases: a conversation holds in one. */
  const life = shallowRef(0)
  let tab: OriginalTab | null = null
  let stopper: AbortController | null = null
  let running: ProjectFiles = {}
  /** Whether changed files have run in this worker. */
  let hasRunChanges = false
  void lastDiedHere().then((died) => {
    if (died && phase.value !== 'starting' && phase.value !== 'ready') message.value = DIED
  })

  /** Asks the server whether it has the original; again while it is being prepared. */
  async function look(): Promise<void> {
    if (!['unknown', 'preparing', 'off', 'absent'].includes(phase.value)) return
    try {
      const bundle = await originalSource.find()
      if (bundle.state !== 'ready') phase.value = bundle.state
      else phase.value = originalSource.isSupported() ? 'offered' : 'too-old'
      if (bundle.state === 'ready') bytes.value = bundle.bytes
      if (bundle.state === 'preparing') setTimeout(() => void look(), RETRY_PREPARING_MS)
    } catch (error) {
      phase.value = 'off'
      message.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** Downloads and starts it, with the project's own files. Failures are in `message`. */
  async function start(): Promise<void> {
    if (phase.value !== 'offered') return
    phase.value = 'starting'
    message.value = ''
    progress.value = null
    stopper = new AbortController()
    // Its start takes the most memory.
    markRunning(true)
    try {
      tab ??= await originalSource.open().catch(async () => {
        // A server that answers has another build by now.
        const kind = await originalSource.find().then(
          () => 'outdated' as const,
          () => 'offline' as const,
        )
        throw new OriginalFault(kind, sentenceOf(kind))
      })
      versions.value = await tab.boot((now) => (progress.value = now), stopper.signal)
      running = {}
      hasRunChanges = false
      life.value++
      phase.value = 'ready'
    } catch (error) {
      fail(error)
    }
  }

  /**
   * Does something with the running original.
   * @throws what `job` throws; after a fault that ended the original, it can be started again
   */
  async function use<T>(job: (tab: OriginalTab) => Promise<T>): Promise<T> {
    if (tab === null || phase.value !== 'ready')
      throw new OriginalFault('closed', 'FastAPI isn’t running here.')
    try {
      return await job(tab)
    } catch (error) {
      if (error instanceof OriginalFault) fail(error)
      throw error
    }
  }

  /**
   * Starts the app anew, in a new database.
   * @param wanted the files that differ from the project's own
   * @returns null when they run already
   */
  async function applyChanges(wanted: ProjectFiles): Promise<ApplyResult | null> {
    if (JSON.stringify(wanted) === JSON.stringify(running)) return null
    hasRunChanges ||= Object.keys(wanted).length > 0
    const result = await use((original) => original.apply(wanted, { keepData: false }))
    if (result.ok) {
      running = wanted
      life.value++
    }
    return result
  }

  /**
   * Starts it again in a new worker if changed files have run in this one: Python that ran there may have replaced parts of FastAPI or of
   * what judges it, and an edit doesn't bring those back.
   */
  async function renew(): Promise<void> {
    if (phase.value !== 'ready' || !hasRunChanges) return
    tab?.close()
    phase.value = 'offered'
    await start()
  }

  function fail(error: unknown): void {
    phase.value = 'offered'
    const cancelled = error instanceof OriginalFault && error.kind === 'cancelled'
    message.value = cancelled ? '' : error instanceof Error ? error.message : String(error)
    markRunning(false)
  }

  return {
    phase,
    bytes,
    progress,
    versions,
    message,
    life,
    ready: computed(() => phase.value === 'ready'),
    look,
    start,
    renew,
    cancel: () => stopper?.abort(),
    use,
    applyChanges,
  }
})

const DIED =
  'FastAPI was running in this tab when the browser closed it, probably because memory ran out. It wasn’t started again. Your changes to its files are kept.'
