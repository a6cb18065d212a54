import { HANG_LIMIT_MS, type OriginalFaultKind } from '#contract/original-tab/engine.ts'

const SENTENCES: Record<OriginalFaultKind, string> = {
  absent: 'This server doesn’t have the original for the tab: it was built on a machine without Python.',
  preparing: 'The original is still being prepared on the server. Try again in a few minutes.',
  offline: 'The original couldn’t be loaded. Check the connection and try again.',
  failed: 'Python stopped working in this browser.',
  cancelled: 'Loading was cancelled.',
  hung: `Python didn’t answer for ${HANG_LIMIT_MS / 1000} seconds, so it was stopped. Is there an endless loop in what you changed?`,
  memory: 'This tab has too little memory left for Python. Close other tabs and start it again.',
  closed: 'The original isn’t running.',
}

/** What the screen says about a fault. @param detail the browser's or Python's own words, where they help */
export function sentenceOf(kind: OriginalFaultKind, detail = ''): string {
  return kind === 'failed' && detail !== '' ? `${SENTENCES[kind]} ${detail}` : SENTENCES[kind]
}
