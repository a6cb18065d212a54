import { shallowRef } from 'vue'
import type { Fact } from './event.ts'

const REFUSED = 'viva:persistence-refused'
/** What a learner would be sorry to lose. */
const WORK: readonly Fact['kind'][] = ['attempt', 'review', 'prediction', 'quiz', 'task']

/** What the browser does with stored data; `unknown` where it makes no such promise, as on plain HTTP. */
export type Persistence = 'unknown' | 'best-effort' | 'persistent'

/** The browser's last answer. Reactive. */
export const persistence = shallowRef<Persistence>('unknown')

/** Reads what the browser does with stored data. It asks for nothing. */
export async function readPersistence(): Promise<void> {
  const storage = storageOf()
  if (storage === undefined) return
  try {
    show(await storage.persisted())
  } catch {
    // It denies all storage: nothing is kept, which another notice says.
  }
}

/**
 * Asks the browser to keep what is stored, once there is work that could be lost. A refusal holds for the session, since some
 * browsers ask the learner each time.
 */
export async function persistWork({ kind }: Fact): Promise<void> {
  if (WORK.includes(kind) && persistence.value !== 'persistent' && !wasRefused()) await persist()
}

/** Asks the browser to keep what is stored, because the learner wants it. */
export async function persist(): Promise<void> {
  const storage = storageOf()
  if (storage === undefined) return
  // Noted first: what is written while the browser asks must not make it ask again.
  noteRefusal()
  try {
    show((await storage.persisted()) || (await storage.persist()))
  } catch {
    // It denies all storage.
  }
}

function show(isPersistent: boolean): void {
  persistence.value = isPersistent ? 'persistent' : 'best-effort'
}

function storageOf(): StorageManager | undefined {
  const { storage } = navigator as { storage?: StorageManager }
  return typeof storage?.persist === 'function' ? storage : undefined
}

/** Where the browser denies session storage, a refusal lasts as long as the page. */
let refusedHere = false

function wasRefused(): boolean {
  try {
    return refusedHere || sessionStorage.getItem(REFUSED) !== null
  } catch {
    return refusedHere
  }
}

function noteRefusal(): void {
  refusedHere = true
  try {
    sessionStorage.setItem(REFUSED, '1')
  } catch {
    return
  }
}
