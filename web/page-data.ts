import type { LessonPage } from '#contract/page.ts'
import type { PageData } from './stores/deck.ts'

const ID = 'page-data'

/** A page's data as an element for its head. Prose is left out, because it is in the page already. */
export function pageDataElement({ lesson, ...rest }: PageData): string {
  const data: PageData = lesson === undefined ? rest : { ...rest, lesson: { ...lesson, html: {} } }
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${ID}">${json}</script>`
}

/** Reads the page's data, with its prose from the document. */
export function readPageData(page: Document): PageData {
  const text = page.getElementById(ID)?.textContent
  if (!text) return {}
  const data = JSON.parse(text) as PageData
  return data.lesson === undefined ? data : { ...data, lesson: withProse(data.lesson, page) }
}

function withProse(lesson: LessonPage, page: Document): LessonPage {
  const parts = [...page.querySelectorAll<HTMLElement>('[data-html]')]
  const html = parts.map((part) => [part.dataset.html ?? '', part.innerHTML])
  return { ...lesson, html: Object.fromEntries(html) as Record<string, string> }
}
