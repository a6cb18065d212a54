import MarkdownIt from 'markdown-it'
import { didYouMean, type Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import { termId } from './terms.ts'

const markdown = new MarkdownIt()
// A link that no page may have is a fault, while Markdown would take it for words.
markdown.validateLink = () => true

/** Parts of a lesson's page that have an address. */
const ANCHORS = ['say', 'answer', 'why', 'today', 'wrong', 'follow-ups', 'key-points', 'code', 'playground']
/** Pages that aren't lessons, by the first part of their address; the rest are the project's and its documentation's. */
const PAGES = [
  ...[
    '',
    'playground',
    'about',
    'glossary',
    'practice',
    'review',
    'progress',
    'cheat-sheet',
    'interview',
    'lessons',
  ],
  ...['docs', 'redoc', 'openapi.json', 'users', 'items', 'lab', 'login'],
]

const SCHEMES = ['https:', 'http:', 'mailto:']

/** Links of the prose to lessons, parts and pages that don't exist. */
export function linkFaults(lessons: readonly ReadLesson[]): Fault[] {
  const byName = new Map(lessons.map((read) => [read.lesson.name, read]))
  const terms = lessons.flatMap(({ lesson }) => lesson.terms.map(termId))
  return lessons.flatMap((read) => {
    const seen = new Set<string>()
    return hrefsIn(read).flatMap((href) => {
      const cause = seen.has(href) ? null : causeOf(href, read, { byName, terms })
      seen.add(href)
      return cause === null ? [] : [{ file: read.proseFile, line: read.proseLine(href), cause }]
    })
  })
}

interface Known {
  byName: ReadonlyMap<string, ReadLesson>
  terms: readonly string[]
}

function causeOf(href: string, read: ReadLesson, { byName, terms }: Known): string | null {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(href)?.[0]
  if (scheme !== undefined || href.startsWith('//')) return addressCause(href, scheme?.toLowerCase())
  const [, path = '', hash = ''] = /^([^?#]*)(?:\?[^#]*)?#?(.*)$/.exec(href) ?? []
  if (path === '') return anchorCause(hash, read)
  if (!path.startsWith('/')) {
    return `nothing on the page is at "${href}"; a lesson is ../02-idempotence/lesson.md, and only pictures are copied from its folder`
  }
  const [, page = '', name] = path.split('/')
  if (page === 'lessons') {
    const other = byName.get(name ?? '')
    if (other === undefined) return `no lesson "${name ?? ''}"${didYouMean(name ?? '', byName.keys())}`
    return hash === '' ? null : anchorCause(hash, other)
  }
  if (page === 'glossary' && hash !== '' && !terms.includes(hash)) {
    return `no term "${hash}" in the glossary${didYouMean(hash, terms)}`
  }
  return PAGES.includes(page) ? null : `no page "${path}"${didYouMean(page, PAGES)}`
}

function addressCause(href: string, scheme: string | undefined): string | null {
  if (scheme !== undefined && !SCHEMES.includes(scheme))
    return `a link can't begin with "${scheme}"; use ${SCHEMES.join(', ')} or the path of a page`
  return URL.canParse(href, 'https://example.com') ? null : `"${href}" is not a whole address`
}

function anchorCause(hash: string, { lesson }: ReadLesson): string | null {
  const anchors = [
    ...ANCHORS,
    ...lesson.facts.map(({ id }) => `fact-${id}`),
    ...lesson.notShown.map((_, index) => `not-shown-${index + 1}`),
    ...lesson.terms.map((term) => `term-${termId(term)}`),
  ]
  return anchors.includes(hash)
    ? null
    : `no part "#${hash}" on the page of ${lesson.name}${didYouMean(hash, anchors)}`
}

function hrefsIn({ lesson }: ReadLesson): string[] {
  const items = [...lesson.commonMistakes, ...lesson.followUps].map(({ markdown: text }) => text)
  return [lesson.answer, lesson.whyItMatters, lesson.today, ...items].flatMap((text) =>
    markdown
      .parse(text, {})
      .flatMap(({ children }) => children ?? [])
      .flatMap((token) => (token.type === 'link_open' ? [String(token.attrGet('href'))] : [])),
  )
}
