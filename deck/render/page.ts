import { claimsOf, type Deck, type Lesson } from '#contract/lesson.ts'
import type { LessonCard, LessonLink, LessonPage } from '#contract/page.ts'
import { placesOf, type TwinPieces } from './code.ts'
import type { RenderMarkdown } from './markdown.ts'
import { markSentences, type Mark } from './marks.ts'

/** What every lesson is rendered with. */
export interface RenderWith {
  markdown: RenderMarkdown
  regions: ReadonlyMap<string, TwinPieces>
}

function linkOf({ slug, number, title, question }: Lesson): LessonLink {
  return { slug, number, title, question }
}

export function cardOf(lesson: Lesson): LessonCard {
  const { level, minutes, topics, explains } = lesson
  const claims = claimsOf(lesson).map(({ claim }) => claim.id)
  return { ...linkOf(lesson), level, minutes, topics, explains, claims }
}

/**
 * A lesson as its page shows it: Markdown made into HTML, the sentences that claims show marked where they first occur.
 * @throws when the lesson names a region that the twins don't have
 */
export function renderLesson(lesson: Lesson, deck: Deck, { markdown, regions }: RenderWith): LessonPage {
  const index = deck.indexOf(lesson)
  const link = (other: Lesson | undefined): LessonLink | null => (other === undefined ? null : linkOf(other))
  const code = lesson.code.map(({ region, says }) => {
    const twins = regions.get(region)
    if (twins === undefined) throw new Error(`${lesson.slug}: no region "${region}" in both twins`)
    return { twins, shown: { ...placesOf(region, twins), says } }
  })
  const html = proseHtml(lesson, markdown)
  for (const { twins, shown } of code) {
    html[`py:${shown.region}`] = twins.python.html
    html[`ts:${shown.region}`] = twins.typescript.html
  }
  return {
    ...cardOf(lesson),
    keyPoints: lesson.keyPoints,
    checked: lesson.checked,
    sources: lesson.sources,
    commonMistakes: lesson.commonMistakes.map(({ heading }) => heading),
    followUps: lesson.followUps.map(({ heading }) => heading),
    code: code.map(({ shown }) => shown),
    steps: lesson.steps,
    related: deck.filter(({ slug }) => lesson.related.includes(slug)).map(linkOf),
    previous: link(deck[index - 1]),
    next: link(deck[index + 1]),
    html,
  }
}

function proseHtml(lesson: Lesson, markdown: RenderMarkdown): Record<string, string> {
  let marks: Mark[] = claimsOf(lesson).map(({ step, claim }) => ({
    claim: claim.id,
    sentence: claim.sentence,
    step: lesson.steps.indexOf(step) + 1,
  }))
  const render = (source: string): string =>
    markdown(source, (tokens) => {
      const placed = markSentences(tokens, marks)
      marks = marks.filter(({ claim }) => !placed.has(claim))
    })
  const html: Record<string, string> = {
    answer: render(lesson.answer),
    why: render(lesson.whyItMatters),
    today: render(lesson.today),
  }
  lesson.commonMistakes.forEach((item, index) => (html[`wrong-${index}`] = render(item.markdown)))
  lesson.followUps.forEach((item, index) => (html[`follow-${index}`] = render(item.markdown)))
  return html
}
