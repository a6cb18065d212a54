import * as Y from 'yjs'
import { LIMITS } from '#contract/interview/limits.ts'
import { ApiFailure } from '../../api/call.ts'
import { readStored } from '../../stores/stored.ts'
import { keepUntilSent } from '../kept.ts'
import { encodeBase64, decodeBase64 } from '#contract/interview/base64.ts'

/** Milliseconds that letters wait for one another before they are sent: an interviewer sees them a fifth of a second later. */
const TOGETHER = 120
const SHORTEST = 300
const LONGEST = 5_000
/** Characters that go into the text as one piece, so that a large paste becomes several updates, each small enough to send. */
const PIECE = 5_000
/** Changes that are sent together at most. The server bounds what one update may bring to many places of a text. */
const MAX_BATCH = 100

/** The name of the text within its document; the server uses it, too. */
const TEXT = 'text'
const REMOTE = 'remote'

export interface SharedTextOptions {
  /** Under what this browser keeps it until the server has it; null for a text that is only watched. */
  keptAs: string | null
  /** Sends a Yjs update in base64. Rejects when it was not taken. */
  send: (update: string) => Promise<void>
  /** Called after every change, whoever made it. */
  changed: (change: TextChange) => void
}

export interface TextChange {
  text: string
  /** Whether it came from elsewhere: a field has to show it, and to keep its caret. */
  remote: boolean
}

export type Saving =
  | { state: 'saved' }
  | { state: 'saving' }
  /** Not yet at the server, and tried again until it is. Kept in this browser meanwhile. */
  | { state: 'waiting'; why: string }
  /** The server doesn't take it. It is kept in this browser. */
  | { state: 'refused'; why: string }

/**
 * A text that several tabs and devices write, also offline: what is typed is kept in this browser until the server has it, and joined with
 * what came from elsewhere. Nothing is lost and nothing comes twice, in whatever order updates arrive.
 */
export class SharedText {
  readonly #options: SharedTextOptions
  readonly #doc = new Y.Doc()
  readonly #text = this.#doc.getText(TEXT)
  /** What the server is known to have. */
  readonly #server = new Y.Doc()
  /** Local updates that the server may not have. */
  #pending: Uint8Array[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending = false
  #delay = SHORTEST
  #saving: Saving = { state: 'saved' }
  #ended = false
  /** Told of each change of how it stands with the server. */
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
    return this.#text.toString()
  }

  get saving(): Saving {
    return this.#saving
  }

  /** Makes the text read so; of a field's new value only what differs is written. @param caret where the cursor stands afterwards */
  set(value: string, caret = value.length): void {
    const before = this.value
    if (value === before) return
    const { at, removed, inserted } = differenceOf(before, value, caret)
    if (removed > 0) this.#text.delete(at, removed)
    for (let from = 0; from < inserted.length; from += PIECE) {
      this.#text.insert(at + from, inserted.slice(from, from + PIECE))
    }
  }

  /** Takes an update that came from the server. */
  take(update: string): void {
    const bytes = decodeBase64(update)
    Y.applyUpdate(this.#server, bytes)
    Y.applyUpdate(this.#doc, bytes, REMOTE)
  }

  /** Takes the whole text as the server has it, when a connection begins: what it doesn't have is sent at once. */
  adopt(update: string | null): void {
    if (update !== null) this.take(update)
    this.#pending = this.#unsent()
    this.#keep()
    if (this.#pending.length === 0) return this.#say({ state: 'saved' })
    this.#delay = SHORTEST
    this.#schedule(0)
  }

  /** Where a caret belongs after a remote change. @param caret offset before it @param before the text before it */
  moved(caret: number, before: string): number {
    const after = this.value
    const { at, removed, inserted } = differenceOf(before, after, after.length)
    if (caret <= at) return caret
    return caret <= at + removed ? at + inserted.length : caret - removed + inserted.length
  }

  /** Sends what waits, without waiting longer. */
  flush(): void {
    if (this.#pending.length > 0) this.#schedule(0)
  }

  /** Stops sending. What the server doesn't have stays in this browser. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  #wrote(update: Uint8Array): void {
    this.#pending.push(update)
    this.#keep()
    if (this.#saving.state !== 'waiting') this.#say({ state: 'saving' })
    if (this.#timer === undefined && !this.#sending) this.#schedule(TOGETHER)
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), delay)
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
      this.#delay = SHORTEST
      this.#keep()
      this.#say({ state: this.#pending.length === 0 ? 'saved' : 'saving' })
      if (this.#pending.length > 0) this.#schedule(TOGETHER)
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#sending = false
    }
  }

  #failed(error: unknown): void {
    const why = error instanceof Error ? error.message : 'The server did not answer.'
    const status = error instanceof ApiFailure ? error.status : null
    const final = status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
    if (final) return this.#say({ state: 'refused', why })
    this.#say({ state: 'waiting', why })
    if (this.#ended) return
    this.#schedule(this.#delay)
    this.#delay = Math.min(LONGEST, this.#delay * 2)
  }

  /** As many of the waiting updates as fit into one. */
  #batch(): Uint8Array[] {
    const batch: Uint8Array[] = []
    let bytes = 0
    for (const update of this.#pending) {
      bytes += update.length
      if (batch.length === MAX_BATCH || (batch.length > 0 && bytes > LIMITS.updateBytes * 0.8)) break
      batch.push(update)
    }
    return batch
  }

  /** What the document has and the server doesn't. */
  #unsent(): Uint8Array[] {
    const vector = Y.encodeStateVector(this.#server)
    const same =
      this.#server.getText(TEXT).toString() === this.value &&
      sameBytes(vector, Y.encodeStateVector(this.#doc))
    if (same) return []
    // Pieces that are still known one by one can be sent one by one; after a reload there is only the whole difference.
    const merged = new Y.Doc()
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(this.#server))
    for (const update of this.#pending) Y.applyUpdate(merged, update)
    const covered =
      merged.getText(TEXT).toString() === this.value &&
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
      // Until the server says what it has, all of it may be unknown there.
      this.#pending = [Y.encodeStateAsUpdate(this.#doc)]
    } catch {
      return
    }
  }

  #say(saving: Saving): void {
    this.#saving = saving
    this.onSaving(saving)
  }
}

/**
 * What turns one text into another: one place, how many characters go and what comes.
 * @param caret where the cursor stands in the new text: of equal letters in a row, those before it are the new ones
 */
export function differenceOf(
  before: string,
  after: string,
  caret: number,
): { at: number; removed: number; inserted: string } {
  const most = Math.min(before.length, after.length)
  const tailMost = Math.min(most, after.length - caret)
  let tail = 0
  while (tail < tailMost && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  let at = 0
  while (at < most - tail && before[at] === after[at]) at += 1
  while (tail < most - at && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  // Half a surrogate pair is no character: never cut between the two.
  if (at > 0 && isHigh(before.charCodeAt(at - 1))) at -= 1
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1
  return { at, removed: before.length - tail - at, inserted: after.slice(at, after.length - tail) }
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
