import type { StudyQuestion } from '#contract/page.ts'
import type { PracticeSet, QuizView } from '#contract/practice.ts'
import { cardsOf, type StudyCard } from '../review/cards.ts'
import { escaped, plainHtml, richHtml } from './plain-html.ts'

/** The first lines of a text that Anki imports: https://docs.ankiweb.net/importing/text-files.html#file-headers */
const HEADERS = [
  '#separator:tab',
  '#html:true',
  '#guid column:1',
  '#notetype column:2',
  '#deck column:3',
  '#tags column:4',
]
interface Note {
  /** Names the note for good: a later import updates it. */
  id: string
  type: 'Basic' | 'Cloze'
  /** Which of several decks it is of; absent for the first. */
  deck: number | undefined
  tags: readonly string[]
  /** HTML on one line each. */
  fields: readonly [front: string, back: string]
}

/**
 * Every card, and every quiz, as a text that Anki imports. The note types are Anki's own Basic and Cloze.
 * @param decks names of Anki's decks, one for each of Viva's
 */
export function ankiText(
  questions: readonly StudyQuestion[],
  sets: readonly PracticeSet[],
  decks: readonly string[],
): string {
  const notes = [
    ...cardsOf(questions).map(noteOf),
    ...sets.flatMap((set) => set.quizzes.map((quiz) => quizNote(set, quiz))),
  ]
  const lines = notes.map(({ id, type, deck = 0, tags, fields }) =>
    [guidOf(id), type, lineOf(decks[deck] ?? ''), ['viva', ...tags].map(tagOf).join(' '), ...fields].join(
      '\t',
    ),
  )
  return `${[...HEADERS, ...lines].join('\n')}\n`
}

function noteOf({ id, kind, question, text }: StudyCard): Note {
  const tags = [kind, question.slug, ...question.topics]
  const asked = richHtml(question.question)
  const { deck } = question
  const basic = (front: string, back: string): Note => ({
    id,
    type: 'Basic',
    deck,
    tags,
    fields: [front, back],
  })
  if (kind === 'say')
    return basic(asked, `${plainHtml(question.say)}${listOf(question.keyPoints.map(richHtml))}`)
  if (kind === 'mistake') {
    const mistake = question.commonMistakes.find((each) => each.mistake === text)
    const front = `${asked}<br><br>What is wrong with this? “${richHtml(text)}”`
    return basic(front, plainHtml(mistake?.explanation ?? ''))
  }
  if (kind === 'follow-up') {
    const followUp = question.followUps.find((each) => each.question === text)
    return basic(`${asked}<br><br>${richHtml(text)}`, plainHtml(followUp?.answer ?? ''))
  }
  const points = question.keyPoints.map((point) => (point === text ? clozeOf(point) : richHtml(point)))
  return { id, type: 'Cloze', deck, tags, fields: [outsideCloze(`${asked}${listOf(points)}`), ''] }
}

// Braces and colons of the text itself must not end a cloze or begin another one.
const OPEN = '{{c1::'
const CLOSE = '}}'

function clozeOf(point: string): string {
  return `\u0001${richHtml(point).replaceAll(':', '&#58;')}\u0002`
}

function outsideCloze(html: string): string {
  const safe = html.replaceAll('{', '&#123;').replaceAll('}', '&#125;')
  return safe.replaceAll('\u0001', OPEN).replaceAll('\u0002', CLOSE)
}

function quizNote({ slug, deck }: PracticeSet, quiz: QuizView): Note {
  const { id, kind, ask, code, choices, order, why } = quiz
  const asked = `${plainHtml(ask)}${code === null ? '' : plainHtml(code)}`
  const parts = choices.map((choice) => ({
    front: `${plainHtml(choice.ask)}${listOf(choice.options.map(({ says }) => plainHtml(says)))}`,
    back: `<p><strong>${plainHtml(choice.options[choice.right]?.says ?? '')}</strong></p>`,
  }))
  if (order !== null) {
    const cards = order.cards.map((card) => plainHtml(card))
    // By the alphabet: an order that gives nothing away and stays the same.
    parts.push({ front: listOf([...cards].sort()), back: listOf(cards, 'ol') })
  }
  const front = `${asked}${parts.map((part) => part.front).join('')}`
  const back = `${parts.map((part) => part.back).join('')}${plainHtml(why)}`
  return { id: `quiz:${slug}:${id}`, type: 'Basic', deck, tags: ['quiz', kind, slug], fields: [front, back] }
}

function listOf(items: readonly string[], tag: 'ul' | 'ol' = 'ul'): string {
  return `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`
}

/** The columns are separated by tabs, and quotes around one would be taken away. */
function lineOf(name: string): string {
  return name.replaceAll(/[\t\n"]+/g, ' ').trim()
}

/** Anki separates tags by spaces, and their levels by two colons. */
function tagOf(name: string): string {
  return escaped(name).replaceAll(/[\s&;<>":]+/g, '-')
}

/** FNV-1a, 64 bits, of a card's id: the same card has the same guid in every export. */
function guidOf(id: string): string {
  let sum = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(id))
    sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n)
  return `viva-${sum.toString(16).padStart(16, '0')}`
}
