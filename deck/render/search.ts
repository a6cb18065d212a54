import type { Deck, Lesson, Say } from '#contract/lesson.ts'
import type { GlossaryEntry } from '#contract/page.ts'
import type { SearchEntry } from '#contract/search.ts'
import { plainText } from '../prose.ts'

/** Everything of a deck that can be found, in the deck's order: lessons, their parts, their steps; then the terms of the glossary. */
export function searchEntries(deck: Deck, glossary: readonly GlossaryEntry[]): SearchEntry[] {
  const terms = glossary.map(({ id, term, long, meaning }): SearchEntry => ({
    id: `glossary#${id}`,
    to: `/glossary#${id}`,
    kind: 'term',
    title: term,
    lesson: long ?? '',
    text: plainText(meaning),
  }))
  return [...deck.flatMap(entriesOf), ...terms]
}

function entriesOf(lesson: Lesson): SearchEntry[] {
  const to = `/lessons/${lesson.name}`
  const about = `${lesson.number} ${lesson.title}`
  const section = (anchor: string, title: string, markdown: string): SearchEntry => ({
    id: `${lesson.slug}#${anchor}`,
    to: `${to}#${anchor}`,
    kind: 'section',
    title,
    lesson: about,
    text: plainText(markdown),
  })
  return [
    {
      id: lesson.slug,
      to,
      kind: 'lesson',
      title: lesson.title,
      lesson: about,
      text: plainText(`${lesson.question} ${lesson.topics.join(' ')}`),
    },
    ...(lesson.say === null ? [] : [section('say', 'Say it like this', sayText(lesson.say))]),
    section('answer', 'Answer', lesson.answer),
    section('why', 'Why it matters', lesson.whyItMatters),
    section('today', 'Today', lesson.today),
    ...lesson.commonMistakes.map((item, index) =>
      section(`wrong-${index}`, plainText(item.heading), item.markdown),
    ),
    ...lesson.followUps.map((item, index) =>
      section(`follow-${index}`, plainText(item.heading), item.markdown),
    ),
    section('key-points', 'Key points', lesson.keyPoints.join('\n\n')),
    ...lesson.steps.map((step): SearchEntry => ({
      id: `${lesson.slug}?step=${step.id}`,
      to: `${to}?step=${step.id}`,
      kind: 'step',
      title: step.title,
      lesson: about,
      text: `${step.method} ${step.path} ${plainText(step.note)}`,
    })),
  ]
}

function sayText({ sentences, more }: Say): string {
  return [sentences.map(({ text }) => text).join(' '), ...more].join('\n\n')
}
