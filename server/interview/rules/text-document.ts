import * as Y from 'yjs'
import { LIMITS } from '../../../contract/interview/limits.ts'

/** Updates that wait before they are folded into one: joining each at once would make typing cost the whole text. */
const TAIL = 50

/** The name of the text within a document; both sides use it. */
const TEXT = 'text'

/**
 * A text that several tabs write, also offline. Updates may come in any order and more than once, and lead to the same text: that is Yjs's
 * doing. Kept as bytes, so that a state is plain data.
 */
export interface TextDocument {
  merged: Uint8Array | null
  tail: readonly Uint8Array[]
  /** When an update last came. */
  at: number | null
}

export const EMPTY_DOCUMENT: TextDocument = { merged: null, tail: [], at: null }

/** The document with an update that was judged before. */
export function withUpdate(document: TextDocument, update: Uint8Array, at: number): TextDocument {
  const tail = [...document.tail, update]
  if (tail.length < TAIL) return { ...document, tail, at }
  return { merged: updateOf({ ...document, tail }), tail: [], at }
}

/** Both texts in one document. */
export function joined(first: TextDocument, second: TextDocument): TextDocument {
  if (second.at === null) return first
  return withUpdate(first, updateOf(second), second.at)
}

/** The whole document as one update. */
export function updateOf(document: TextDocument): Uint8Array {
  return Y.encodeStateAsUpdate(load(document))
}

/** The text as it reads now. */
export function textOf(document: TextDocument): string {
  return document.at === null ? '' : load(document).getText(TEXT).toString()
}

export type UpdateVerdict = 'new' | 'known' | 'malformed' | 'too-long'

/**
 * Tries an update on a copy. `known` brings nothing that the document doesn't have; `malformed` isn't an update, or makes something
 * else than plain text.
 */
export function judgeUpdate(document: TextDocument, update: Uint8Array): UpdateVerdict {
  const copy = load(document)
  const before = Y.encodeStateAsUpdate(copy)
  try {
    Y.applyUpdate(copy, update)
  } catch {
    return 'malformed'
  }
  if (!isPlainText(copy)) return 'malformed'
  if (copy.getText(TEXT).length > LIMITS.characters) return 'too-long'
  return sameBytes(before, Y.encodeStateAsUpdate(copy)) ? 'known' : 'new'
}

function load({ merged, tail }: TextDocument): Y.Doc {
  // A name of its own would cost 31 random numbers each, and nobody asks for it.
  const doc = new Y.Doc({ guid: '' })
  doc.transact(() => {
    if (merged !== null) Y.applyUpdate(doc, merged)
    for (const update of tail) Y.applyUpdate(doc, update)
  })
  return doc
}

function isPlainText(doc: Y.Doc): boolean {
  const names = [...doc.share.keys()]
  if (names.some((name) => name !== TEXT)) return false
  const text = doc.getText(TEXT)
  if (Object.keys(text.getAttributes()).length > 0) return false
  const delta: { insert?: unknown; attributes?: unknown }[] = text.toDelta()
  return delta.every(({ insert, attributes }) => typeof insert === 'string' && attributes === undefined)
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
