import * as Y from 'yjs'
import { fingerprintOf } from '#contract/interview/bug.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { readStored } from '../../stores/stored.ts'
import { keepUntilSent } from '../saved.ts'
import { Backoff, isFinal } from './backoff.ts'
import { caretAfter, differenceOf } from './text-difference.ts'
import { encodeBase64, decodeBase64 } from '#contract/interview/base64.ts'

/** How long keystrokes are collected before they are sent: an interviewer sees them a fifth of a second later. */
const COLLECT_MS = 120
const FIRST_RETRY_MS = 300
/** A large paste becomes several updates of this many characters, each small enough to send. */
const PIECE_CHARACTERS = 5_000
/** The server limits how many places of a text one update may change. */
const MAX_CHANGES_PER_BATCH = 100

/** The name of the text within its document; the server uses it, too. */
const TEXT = 'text'
const REMOTE = 'remote'

export interface SharedTextOptions {
  /** Storage key under which this browser keeps the text until the server has it; null for a text that is only watched. */
  keptAs: string | null
  /** The text before anyone has changed it. Every browser begins with the same update of it, so that it isn't doubled. */
  base?: string
  /** Sends a Yjs update in base64. Rejects when the server didn't accept it. */
  send: (update: string) => Promise<void>
  /** Called after every change, local or remote. */
  changed: (change: TextChange) => void
}

export interface TextChange {
  text: string
  /** Whether it was made elsewhere: a field then has to show it and to keep its caret in place. */
  remote: boolean
}

export type Saving =
  | { state: 'saved' }
  | { state: 'saving' }
  /** Not on the server yet: kept in this browser and sent again until it is. */
  | { state: 'waiting'; why: string }
  /** The server refuses it; it stays in this browser. */
  | { state: 'refused'; why: string }

/**
 * A text that several tabs and devices can edit, offline as well: local edits are kept in this browser until the server has them, and merged
 * with remote ones. Nothing is lost or doubled, in whatever order updates arrive.
 */
export class SharedText {
  readonly #options: SharedTextOptions
  readonly #doc = new Y.Doc()
  readonly #text = this.#doc.getText(TEXT)
  /** The text as the server is known to have it. */
  readonly #server = new Y.Doc()
  /** Local updates that the server may not have. */
  #pending: Uint8Array[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending = false
  readonly #backoff = new Backoff(FIRST_RETRY_MS)
  #saving: Saving = { state: 'saved' }
  #ended = false
  /** Called whenever `saving` changes. */
  onSaving: (saving: Saving) => void = () => undefined

  constructor(options: SharedTextOptions) {
    this.#options = options
    const kept = options.keptAs === null ? undefined : readStored(options.keptAs)
    if (typeof kept === 'string') this.#restore(kept)
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) this.#wrote(update)
      this.#options.changed({ text: this.value, remote: origin === REMOTE })
    })
  }

  get value(): string {
    return this.#isUntouched ? (this.#options.base ?? '') : this.#text.toString()
  }

  get saving(): Saving {
    return this.#saving
  }

  /** Replaces the text by a field's new value, writing only what differs. @param caret where the cursor is afterwards */
  set(value: string, caret = value.length): void {
    const before = this.value
    if (value === before) return
    if (this.#isUntouched && before !== '') Y.applyUpdate(this.#doc, baseUpdate(before))
    const { position, removed, inserted } = differenceOf(before, value, caret)
    if (removed > 0) this.#text.delete(position, removed)
    for (let from = 0; from < inserted.length; from += PIECE_CHARACTERS) {
      this.#text.insert(position + from, inserted.slice(from, from + PIECE_CHARACTERS))
    }
  }

  /** Applies an update from the server. */
  take(update: string): void {
    const bytes = decodeBase64(update)
    Y.applyUpdate(this.#server, bytes)
    Y.applyUpdate(this.#doc, bytes, REMOTE)
  }

  /** Applies the whole text as the server has it, when a connection opens, and sends at once what the server lacks. */
  adopt(update: string | null): void {
    if (update !== null) this.take(update)
    this.#pending = this.#unsent()
    this.#keep()
    if (this.#pending.length === 0) return this.#setSaving({ state: 'saved' })
    this.#setSaving({ state: 'saving' })
    this.#backoff.reset()
    this.#schedule(0)
  }

  /** Where a caret belongs after a remote change. @param caret offset before it @param before the text before it */
  moved(caret: number, before: string): number {
    const after = this.value
    return caretAfter(differenceOf(before, after, after.length), caret)
  }

  /** Sends pending edits now. */
  flush(): void {
    if (this.#pending.length > 0) this.#schedule(0)
  }

  /** Stops sending. Edits that the server lacks stay in this browser. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  get #isUntouched(): boolean {
    return this.#doc.store.clients.size === 0
  }

  #wrote(update: Uint8Array): void {
    this.#pending.push(update)
    this.#keep()
    if (this.#saving.state !== 'waiting') this.#setSaving({ state: 'saving' })
    if (this.#timer === undefined && !this.#sending) this.#schedule(COLLECT_MS)
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), delayMs)
  }

  async #send(): Promise<void> {
    this.#timer = undefined
    if (this.#sending || this.#ended || this.#pending.length === 0) return
    this.#sending = true
    const batch = this.#batch()
    const update = Y.mergeUpdates(batch)
    try {
      await this.#options.send(encodeBase64(update))
      Y.applyUpdate(this.#server, update)
      this.#pending = this.#pending.filter((one) => !batch.includes(one))
      this.#backoff.reset()
      this.#keep()
      this.#setSaving({ state: this.#pending.length === 0 ? 'saved' : 'saving' })
      if (this.#pending.length > 0) this.#schedule(COLLECT_MS)
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#sending = false
    }
  }

  #failed(error: unknown): void {
    const why = error instanceof Error ? error.message : 'The server did not answer.'
    if (isFinal(error)) return this.#setSaving({ state: 'refused', why })
    this.#setSaving({ state: 'waiting', why })
    if (!this.#ended) this.#schedule(this.#backoff.next())
  }

  /** As many pending updates as fit into one. */
  #batch(): Uint8Array[] {
    const batch: Uint8Array[] = []
    let bytes = 0
    for (const update of this.#pending) {
      bytes += update.length
      if (batch.length === MAX_CHANGES_PER_BATCH || (batch.length > 0 && bytes > LIMITS.updateBytes * 0.8))
        break
      batch.push(update)
    }
    return batch
  }

  /** What the document has and the server doesn't. */
  #unsent(): Uint8Array[] {
    const vector = Y.encodeStateVector(this.#server)
    const same =
      this.#server.getText(TEXT).toString() === this.#text.toString() &&
      sameBytes(vector, Y.encodeStateVector(this.#doc))
    if (same) return []
    // Updates still in memory can be sent one by one; after a reload only the whole difference is left.
    const merged = new Y.Doc()
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(this.#server))
    for (const update of this.#pending) Y.applyUpdate(merged, update)
    const covered =
      merged.getText(TEXT).toString() === this.#text.toString() &&
      sameBytes(Y.encodeStateVector(merged), Y.encodeStateVector(this.#doc))
    return covered ? this.#pending : [Y.encodeStateAsUpdate(this.#doc, vector)]
  }

  #keep(): void {
    const { keptAs } = this.#options
    if (keptAs === null) return
    keepUntilSent(keptAs, this.#pending.length === 0 ? null : encodeBase64(Y.encodeStateAsUpdate(this.#doc)))
  }

  #restore(kept: string): void {
    try {
      Y.applyUpdate(this.#doc, decodeBase64(kept))
      // Until the server reports what it has, it may lack all of this.
      this.#pending = [Y.encodeStateAsUpdate(this.#doc)]
    } catch {
      return
    }
  }

  #setSaving(saving: Saving): void {
    this.#saving = saving
    this.onSaving(saving)
  }
}

/** The number of the Yjs client that a text begins with: it follows from the text itself. */
export function baseClient(text: string): number {
  return parseInt(fingerprintOf({ [TEXT]: text }), 16)
}

/** A text as one update, the same in every browser. */
function baseUpdate(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = baseClient(text)
  doc.getText(TEXT).insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
