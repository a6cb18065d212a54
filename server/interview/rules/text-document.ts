import * as Y from 'yjs'
import { LIMITS } from '#contract/interview/limits.ts'
import { changeOf, pieceCount } from './text-change.ts'
import { readUpdate, TEXT } from './update-contents.ts'

/** Updates that wait before they are folded into one: joining each at once would make typing cost the whole text. */
const MIN_TAIL = 50
const MAX_TAIL = 500

/** How many documents are kept as Yjs objects: those that are being written. Others are rebuilt from their bytes. */
const MAX_LIVE = 100

/** What one update may bring. */
const MAX_NEW_PIECES = 500
const MAX_NEW_DELETED = 2_000
/** Pieces that stand where a new one was written: Yjs compares it with each of them, with this update and whenever the text is loaded. */
const MAX_COMPETITORS = 200

/**
 * A text that several tabs write, also offline. Updates may come more than once, and lead to the same text: that is Yjs's doing. Kept as bytes,
 * so that a state is plain data.
 */
export interface TextDocument {
  merged: Uint8Array | null
  tail: readonly Uint8Array[]
  tailBytes: number
  /** Bytes of all updates ever received. */
  bytes: number
  /** When the last update arrived. */
  at: number | null
}

export const EMPTY_DOCUMENT: TextDocument = { merged: null, tail: [], tailBytes: 0, bytes: 0, at: null }

/** What Yjs makes of the newest documents, so that a change costs what it changes and not the whole text. The one not used for longest is first. */
const live = new Map<TextDocument, Y.Doc>()

/** The document with an update that was judged before. */
export function withUpdate(document: TextDocument, update: Uint8Array, at: number): TextDocument {
  const after = {
    merged: document.merged,
    tail: [...document.tail, update],
    tailBytes: document.tailBytes + update.length,
    bytes: document.bytes + update.length,
    at,
  }
  const doc = live.get(document)
  if (doc !== undefined) {
    live.delete(document)
    Y.applyUpdate(doc, update)
    keep(after, doc)
  }
  const isLong = after.tail.length >= MIN_TAIL && after.tailBytes >= (after.merged?.length ?? 0)
  if (!isLong && after.tail.length < MAX_TAIL) return after
  const folded = { ...after, merged: Y.encodeStateAsUpdate(doc ?? load(after)), tail: [], tailBytes: 0 }
  live.delete(after)
  if (doc !== undefined) keep(folded, doc)
  return folded
}

/** The whole text: what came late goes on from what was written in time. */
export function wholeOf({ answer, late }: { answer: TextDocument; late: TextDocument }): TextDocument {
  return late.at === null ? answer : late
}

/** The whole document as one update. */
export function updateOf(document: TextDocument): Uint8Array {
  return Y.encodeStateAsUpdate(docOf(document))
}

/** The text as it reads now. */
export function textOf(document: TextDocument): string {
  return document.at === null ? '' : docOf(document).getText(TEXT).toString()
}

export type UpdateVerdict = 'new' | 'known' | 'malformed' | 'too-early' | 'too-long' | 'too-many-changes'

/**
 * Judges an update without applying it. What that costs is bounded, whatever is in the update and whatever was stored before.
 *
 * `known` brings nothing that the document doesn't have; `malformed` isn't an update, or makes something else than plain text; `too-early`
 * goes on from something that hasn't arrived; `too-many-changes` would break the text into more pieces than are kept.
 */
export function judgeUpdate(document: TextDocument, update: Uint8Array): UpdateVerdict {
  const contents = readUpdate(update)
  if (contents === null) return 'malformed'
  const doc = docOf(document)
  const change = changeOf(doc, contents, MAX_COMPETITORS)
  if (change === 'too-early') return 'too-early'
  if (change.pieces === 0 && change.deleted === 0) return 'known'
  const isMuch =
    change.pieces > MAX_NEW_PIECES || change.deleted > MAX_NEW_DELETED || change.competitors > MAX_COMPETITORS
  if (isMuch) return 'too-many-changes'
  const longest = doc.getText(TEXT).length + change.characters
  // Each new piece and each end of a deleted range may cut another piece in two.
  const mostPieces = pieceCount(doc) + 2 * (change.pieces + change.deleted)
  if (longest <= LIMITS.characters && mostPieces <= LIMITS.pieces) return 'new'
  return tryOnCopy(doc, update)
}

/** Exact where the estimate isn't enough: an update may delete as much as it brings. */
function tryOnCopy(doc: Y.Doc, update: Uint8Array): UpdateVerdict {
  const copy = new Y.Doc({ guid: '' })
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(copy, update)
  if (copy.getText(TEXT).length > LIMITS.characters) return 'too-long'
  return pieceCount(copy) > LIMITS.pieces ? 'too-many-changes' : 'new'
}

function docOf(document: TextDocument): Y.Doc {
  const doc = live.get(document) ?? load(document)
  live.delete(document)
  keep(document, doc)
  return doc
}

function keep(document: TextDocument, doc: Y.Doc): void {
  live.set(document, doc)
  const [oldest] = live.keys()
  if (live.size > MAX_LIVE && oldest !== undefined) live.delete(oldest)
}

function load({ merged, tail }: TextDocument): Y.Doc {
  // A GUID of its own would cost 31 random numbers each, and nothing uses it.
  const doc = new Y.Doc({ guid: '' })
  doc.transact(() => {
    if (merged !== null) Y.applyUpdate(doc, merged)
    for (const update of tail) Y.applyUpdate(doc, update)
  })
  return doc
}
