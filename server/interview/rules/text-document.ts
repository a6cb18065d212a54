import * as Y from 'yjs'
import { LIMITS } from '#contract/interview/limits.ts'
import { changeOf, pieceCount } from './text-change.ts'
import { readUpdate, TEXT } from './update-contents.ts'

/** Updates that are collected before they are merged into one: merging each at once would make every keystroke cost as much as the whole text. */
const MIN_TAIL = 50
const MAX_TAIL = 500

/** How many documents are kept as Yjs objects, those being edited. Others are rebuilt from their bytes. */
const MAX_LIVE = 100

/** What one update may contain. */
const MAX_NEW_PIECES = 500
const MAX_NEW_DELETED = 2_000
/** Pieces at the position of a new one: Yjs compares it with each of them, now and whenever the text is loaded. */
const MAX_COMPETITORS = 200

/**
 * A text that several tabs edit, also offline. Thanks to Yjs, updates may arrive more than once and still lead to the same text. Kept as
 * bytes, so that a state is plain data.
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

/** The Yjs objects of the newest documents, so that an edit doesn't cost as much as the whole text. Least recently used first. */
const live = new Map<TextDocument, Y.Doc>()

/** The document with an update that has been checked. */
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

/** The whole text: late text continues what was written in time. */
export function wholeOf({ answer, late }: { answer: TextDocument; late: TextDocument }): TextDocument {
  return late.at === null ? answer : late
}

/** The whole document as one update. */
export function updateOf(document: TextDocument): Uint8Array {
  return Y.encodeStateAsUpdate(docOf(document))
}

/** The current text. */
export function textOf(document: TextDocument): string {
  return document.at === null ? '' : docOf(document).getText(TEXT).toString()
}

export type UpdateVerdict = 'new' | 'known' | 'malformed' | 'too-early' | 'too-long' | 'too-many-changes'

/**
 * Checks an update without applying it, at a bounded cost, whatever is in the update and whatever was stored before.
 *
 * `known`: the document already has all of it. `malformed`: it isn't an update, or creates anything but plain text. `too-early`: it builds
 * on something that hasn't arrived. `too-many-changes`: it would break the text into more pieces than are allowed.
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
  // Each new piece and each end of a deleted range may split another piece.
  const mostPieces = pieceCount(doc) + 2 * (change.pieces + change.deleted)
  if (longest <= LIMITS.characters && mostPieces <= LIMITS.pieces) return 'new'
  return tryOnCopy(doc, update)
}

/** Exact, for when the estimate isn't enough: an update may delete as much as it adds. */
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
