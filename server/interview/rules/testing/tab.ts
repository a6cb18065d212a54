import * as Y from 'yjs'
import { encodeBase64, decodeBase64 } from '#contract/interview/base64.ts'

/** A browser tab that writes a text, online or not. */
export interface Tab {
  /** Puts letters in at a place and gives the update that says so. */
  type: (text: string, at?: number) => string
  erase: (at: number, length: number) => string
  /** Takes what came from elsewhere. */
  take: (update: string) => void
  text: () => string
  /** Everything that this tab knows, as one update. */
  whole: () => string
}

let clients = 0

export function openTab(): Tab {
  const doc = new Y.Doc()
  clients += 1
  doc.clientID = clients
  const text = doc.getText('text')
  const change = (edit: () => void): string => {
    const before = Y.encodeStateVector(doc)
    edit()
    return encodeBase64(Y.encodeStateAsUpdate(doc, before))
  }
  return {
    type: (letters, at = text.length) => change(() => text.insert(Math.min(at, text.length), letters)),
    erase: (at, length) =>
      change(() => {
        const from = Math.min(at, text.length)
        text.delete(from, Math.min(length, text.length - from))
      }),
    take: (update) => Y.applyUpdate(doc, decodeBase64(update)),
    text: () => text.toString(),
    whole: () => encodeBase64(Y.encodeStateAsUpdate(doc)),
  }
}
