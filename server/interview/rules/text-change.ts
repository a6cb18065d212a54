import * as Y from 'yjs'
import { TEXT, type Piece, type Place, type Range, type UpdateContents } from './update-contents.ts'

/** What an update would bring to a document. */
export interface TextChange {
  /** New pieces, and the characters in them. */
  pieces: number
  characters: number
  /** Ranges with something in them that isn't deleted yet. */
  deleted: number
  /** The most pieces that a new one competes with for its place. */
  competitors: number
}

/**
 * Compares an update with a document, without applying it.
 * @param most competitors that are counted for a piece
 * @returns `too-early` when something is missing that the update goes on from
 */
export function changeOf(
  doc: Y.Doc,
  { pieces, deleted }: UpdateContents,
  most: number,
): TextChange | 'too-early' {
  const { store } = doc
  const change: TextChange = { pieces: 0, characters: 0, deleted: 0, competitors: 0 }
  /** Clocks of the clients that the update brings something of. */
  const after = new Map<number, number>()
  const isThere = ({ client, clock }: Place): boolean =>
    clock < (after.get(client) ?? Y.getState(store, client))
  for (const { client, clock, length, characters } of pieces) {
    const known = after.get(client) ?? Y.getState(store, client)
    if (clock > known) return 'too-early'
    const fresh = clock + length - known
    if (fresh <= 0) continue
    after.set(client, clock + length)
    change.pieces += 1
    change.characters += Math.min(fresh, characters)
  }
  for (const piece of pieces) {
    if ([piece.left, piece.right].some((place) => place !== null && !isThere(place))) return 'too-early'
    const isNew = piece.clock + piece.length > Y.getState(store, piece.client)
    if (isNew && change.competitors <= most) {
      change.competitors = Math.max(change.competitors, competitors(doc, piece, most))
    }
  }
  for (const { client, clock, length } of deleted) {
    if (!isThere({ client, clock: clock + length - 1 })) return 'too-early'
    if (deletes(doc, { client, clock, length })) change.deleted += 1
  }
  return change
}

/** Into how many pieces a document is broken, deleted ones included. */
export function pieceCount({ store }: Y.Doc): number {
  let count = 0
  for (const pieces of store.clients.values()) count += pieces.length
  return count
}

/**
 * How many pieces now stand between the two that a new one was written between. What comes with the same update isn't counted: it is bounded by
 * the number of its pieces.
 */
function competitors(doc: Y.Doc, { left, right }: Piece, most: number): number {
  const { store } = doc
  if (left !== null && left.clock >= Y.getState(store, left.client)) return 0
  const beside = left === null ? null : Y.getItem(store, left)
  let next = beside === null ? doc.getText(TEXT)._start : beside instanceof Y.Item ? beside : null
  let steps = 0
  while (next !== null && steps <= most && !(right !== null && holds(next, right))) {
    if (next !== beside) steps += 1
    next = next.right
  }
  return steps
}

function holds({ id, length }: Y.Item, { client, clock }: Place): boolean {
  return id.client === client && id.clock <= clock && clock < id.clock + length
}

/** Whether a range has something in it that isn't deleted yet. */
function deletes({ store }: Y.Doc, { client, clock, length }: Range): boolean {
  if (clock + length > Y.getState(store, client)) return true
  const pieces = store.clients.get(client) ?? []
  for (let index = Y.findIndexSS(pieces, clock); index < pieces.length; index += 1) {
    const piece = pieces[index]
    if (piece === undefined || piece.id.clock >= clock + length) return false
    if (!piece.deleted) return true
  }
  return false
}
