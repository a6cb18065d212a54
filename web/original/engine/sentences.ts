import { HANG_LIMIT_MS, MAX_MEMORY_BYTES, type OriginalFaultKind } from '#contract/original-tab/engine.ts'

const SENTENCES: Record<OriginalFaultKind, string> = {
  absent: 'This server doesn’t have the original for the tab: it was built on a machine without Python.',
  preparing: 'The original is still being prepared on the server. Try again in a few minutes.',
  offline: 'The original couldn’t be loaded. Check the connection and try again.',
  outdated: 'Viva was updated since this page was loaded. Reload the page, then start it again.',
  failed: 'Python stopped working in this browser.',
  cancelled: 'Loading was cancelled.',
  hung: hungSentence(HANG_LIMIT_MS),
  memory: `Python ran out of memory, so it was stopped: it gets ${MAX_MEMORY_BYTES / 1024 ** 2} MB here. Does what you changed fill it? If not, close other tabs.`,
  closed: 'The original isn’t running.',
}

const MAX_DETAIL = 300

/** What the screen says about a fault. @param detail the browser's or Python's own words, where they help */
export function sentenceOf(kind: OriginalFaultKind, detail = ''): string {
  // Of a traceback, the last line says what is wrong.
  const last = detail.trimEnd().split('\n').at(-1) ?? ''
  return kind === 'failed' ? `${SENTENCES[kind]} ${last.slice(0, MAX_DETAIL)}`.trimEnd() : SENTENCES[kind]
}

/**
 * What the screen says when nothing came back. WebKit, once it has ended a worker in the middle of a loop, may leave the next one
 * waiting for good; on a page that was loaded again it starts.
 * @param waitedMs how long
 */
export function hungSentence(waitedMs: number): string {
  return `Python didn’t answer for ${Math.round(waitedMs / 1000)} seconds, so it was stopped. Is there an endless loop in the changed code? If Python doesn’t start again, reload the page: your changes are kept.`
}
