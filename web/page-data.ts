import type { LessonPage } from '#contract/page.ts'
import type { CameWith } from './stores/deck.ts'

const ID = 'page-data'

/** What a page comes with, as an element for its head. Prose is left out: it stands in the page already. */
export function pageDataElement({ lesson, ...rest }: CameWith): string {
  const data: CameWith = lesson === undefined ? rest : { ...rest, lesson: { ...lesson, html: {} } }
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${ID}">${json}</script>`
}

/** Reads what the page came with, and takes its prose out of the document. */
export function readPageData(page: Document): CameWith {
  const text = page.getElementById(ID)?.textContent
  if (!text) return {}
  const data = JSON.parse(text) as CameWith
  return data.lesson === undefined ? data : { ...data, lesson: withProse(data.lesson, page) }
}

function withProse(lesson: LessonPage, page: Document): LessonPage {
  const parts = [...page.querySelectorAll<HTMLElement>('[data-html]')]
  const html = parts.map((part) => [part.dataset.html ?? '', part.innerHTML])
  return { ...lesson, html: Object.fromEntries(html) as Record<string, string> }
}
