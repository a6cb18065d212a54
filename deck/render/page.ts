import { lessonName } from '#contract/addresses.ts'
import type { DeckInfo } from '#contract/deck.ts'
import { claimsOf, type Deck, type Lesson, type Say, type Term } from '#contract/lesson.ts'
import type { GlossaryEntry, HomeProof, LessonCard, LessonLink, LessonPage } from '#contract/page.ts'
import { placesOf, type TwinPieces } from './code.ts'
import { factHtml, insertFolds, notShownHtml } from './folds.ts'
import { anchorTerms, glossaryEntries } from './glossary.ts'
import type { Highlight } from './highlight.ts'
import type { RenderMarkdown } from './markdown.ts'
import { markSentences } from './marks.ts'
import type { Mark } from './notes.ts'
import { handlersIn, predictionsOf } from '../predictions.ts'
import { plainText } from '../prose.ts'

/** What every lesson is rendered with. */
export interface RenderWith {
  markdown: RenderMarkdown
  highlight: Highlight
  regions: ReadonlyMap<string, TwinPieces>
}

/** The deck that a lesson is of, and its place among several. */
interface DeckOfLesson {
  deck: Deck
  info: DeckInfo
  index: number
}

/** A lesson's page, and what it gives to the glossary. */
interface RenderedLesson {
  page: LessonPage
  glossary: GlossaryEntry[]
}

function linkOf({ slug, name, number, title, question }: Lesson): LessonLink {
  return { slug, name, number, title, question }
}

/** A lesson as lists show it. */
export function cardOf(lesson: Lesson): LessonCard {
  const { level, minutes, topics, explains } = lesson
  const claims = claimsOf(lesson).map(({ claim }) => claim.id)
  const proof = homeProofOf(lesson)
  return { ...linkOf(lesson), level, minutes, topics, explains, claims, ...(proof && { proof }) }
}

function homeProofOf(lesson: Lesson): HomeProof | undefined {
  const found = claimsOf(lesson).find(({ claim }) => claim.id === lesson.homeClaim)
  if (!found) return undefined
  const { id, method, path, json, claims } = found.step
  return {
    claim: found.claim.id,
    sentence: found.claim.sentence,
    step: {
      ...{ id, method, path, ...(json !== undefined && { json }) },
      number: lesson.steps.indexOf(found.step) + 1,
      claims: claims.map((claim) => ({ id: claim.id, shows: claim.shows })),
    },
  }
}

/**
 * A lesson as its page shows it: Markdown made into HTML, the sentences that claims show marked where they first occur.
 * @throws when the lesson names a region that the twins don't have
 */
export function renderLesson(
  lesson: Lesson,
  { deck, info, index: deckIndex }: DeckOfLesson,
  rendering: RenderWith,
): RenderedLesson {
  const index = deck.indexOf(lesson)
  const link = (other: Lesson | undefined): LessonLink | null => (other === undefined ? null : linkOf(other))
  const code = lesson.code.map(({ region, says }) => {
    const twins = rendering.regions.get(region)
    if (twins === undefined) throw new Error(`${lesson.slug}: no region "${region}" in both twins`)
    return { twins, shown: { ...placesOf(region, twins), says } }
  })
  const { html, anchors } = proseHtml(lesson, rendering)
  for (const { twins, shown } of code) {
    html[`py:${shown.region}`] = twins.python.html
    html[`ts:${shown.region}`] = twins.typescript.html
  }
  return {
    page: {
      ...cardOf(lesson),
      ...(deckIndex > 0 && { deck: deckIndex }),
      answerTitle: info.answer,
      language: info.language,
      keyPoints: lesson.keyPoints,
      practice: {
        quizzes: lesson.practice.quizzes.length,
        tasks: lesson.practice.tasks.length,
        bugs: lesson.practice.bugs.length,
      },
      reworded: lesson.reworded,
      checked: lesson.checked,
      sources: lesson.sources,
      commonMistakes: lesson.commonMistakes.map(({ heading }) => heading),
      followUps: lesson.followUps.map(({ heading }) => heading),
      code: code.map(({ shown }) => shown),
      steps: lesson.steps,
      predictions: predictionsOf(lesson, handlersIn(rendering.regions)),
      related: deck
        .filter(({ name }) => lesson.related.some((each) => lessonName(each) === name))
        .map(linkOf),
      previous: link(deck[index - 1]),
      next: link(deck[index + 1]),
      html,
    },
    glossary: glossaryEntries(lesson, anchors),
  }
}

function proseHtml(
  lesson: Lesson,
  { markdown, highlight }: RenderWith,
): { html: Record<string, string>; anchors: Map<Term, string> } {
  const anchors = new Map<Term, string>()
  const stepOf = new Map(
    claimsOf(lesson).map(({ step, claim }) => [
      claim.id,
      { step: lesson.steps.indexOf(step) + 1, stepId: step.id },
    ]),
  )
  const foldOf = (mark: Mark): string => {
    if ('fact' in mark)
      return factHtml(
        lesson.facts.find(({ id }) => id === mark.fact)!,
        lesson.name,
        highlight,
      )
    return 'notShown' in mark ? notShownHtml(lesson.notShown[mark.notShown - 1]!, mark.notShown) : ''
  }
  let marks: Mark[] = [
    ...claimsOf(lesson).map(({ claim: { id, sentence } }) => ({
      claim: id,
      sentence,
      ...stepOf.get(id)!,
    })),
    ...lesson.facts.map(({ id, sentence }) => ({ fact: id, sentence })),
    ...lesson.dated.map(({ words, today }) => ({ sentence: words, today })),
    ...lesson.notShown.map(({ sentence }, index) => ({ sentence, notShown: index + 1 })),
  ]
  const render = (source: string): string =>
    markdown(source, (tokens) => {
      const unplaced = lesson.terms.filter((term) => !anchors.has(term))
      for (const [term, id] of anchorTerms(tokens, unplaced)) anchors.set(term, id)
      const placed = markSentences(tokens, marks)
      marks = marks.filter((mark) => !placed.has(mark))
      const folds = [...placed].map(([mark, end]) => ({ end, html: foldOf(mark) }))
      insertFolds(
        tokens,
        folds.filter(({ html }) => html !== ''),
      )
    })
  const html: Record<string, string> = {
    answer: render(lesson.answer),
    why: render(lesson.whyItMatters),
    today: render(lesson.today),
  }
  lesson.commonMistakes.forEach((item, index) => (html[`wrong-${index}`] = render(item.markdown)))
  lesson.followUps.forEach((item, index) => (html[`follow-${index}`] = render(item.markdown)))
  if (lesson.say !== null) {
    html.say = markdown(lesson.say.sentences.map(({ text }) => text).join(' '), (tokens) =>
      markSentences(tokens, sayMarks(lesson.say!, stepOf)),
    )
    html.more = markdown(lesson.say.more.map((line) => `- ${line}`).join('\n'))
  }
  return { html, anchors }
}

/** Each sentence with what shows it: claims by their step, facts by a link to them. */
function sayMarks({ sentences }: Say, stepOf: ReadonlyMap<string, { step: number; stepId: string }>): Mark[] {
  return sentences.flatMap(({ text, shownBy }) =>
    shownBy.map((id): Mark => {
      const step = stepOf.get(id)
      const sentence = plainText(text)
      return step === undefined ? { fact: id, sentence } : { claim: id, sentence, ...step }
    }),
  )
}
