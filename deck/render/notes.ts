import type { Token } from 'markdown-it'
import { closeToken, openToken, textToken } from './tokens.ts'

/** A sentence that a claim shows, and the claim's step. */
interface ClaimMark {
  sentence: string
  claim: string
  /** Its number, from 1. */
  step: number
  stepId: string
}

/** A sentence that a fact shows. */
interface FactMark {
  sentence: string
  fact: string
}

/** Words that are dated, and what to say today. */
interface DatedMark {
  sentence: string
  today: string
}

/** A sentence that nothing here shows; the fold with the reason has this number, from 1. */
interface NotShownMark {
  sentence: string
  notShown: number
}

/** A sentence to mark, and with what. */
export type Mark = ClaimMark | FactMark | DatedMark | NotShownMark

/** Keeps a note in the line of the word before it. */
const WORD_JOINER = '\u2060'
/** Words of a sentence that tell its note from the others in a list of links. */
const NAME_WORDS = 8

function firstWords(sentence: string): string {
  const words = sentence.split(/\s+/)
  return words.length <= NAME_WORDS ? sentence : `${words.slice(0, NAME_WORDS).join(' ')} …`
}

/** What follows a marked sentence: the numbers of steps, and links to facts, reasons and corrections. */
export function noteTokens(marks: readonly Mark[]): Token[] {
  return [
    ...marks.flatMap((mark) => ('today' in mark ? correctionTokens(mark) : [])),
    ...stepTokens(marks.filter((mark) => 'claim' in mark)),
    ...marks.flatMap((mark) => ('fact' in mark ? factTokens(mark) : [])),
    ...marks.flatMap((mark) => ('notShown' in mark ? notShownTokens(mark) : [])),
  ]
}

function stepTokens(marks: readonly ClaimMark[]): Token[] {
  const steps = [...new Set(marks.map((mark) => mark.step))].sort((a, b) => a - b)
  return steps.flatMap((step) => {
    const own = marks.filter((mark) => mark.step === step)
    return [
      openToken('note_open', 'a', {
        class: 'claim-ref',
        href: `?step=${own[0]?.stepId}#playground`,
        'aria-label': `Proved by step ${step}: ${firstWords(own[0]?.sentence ?? '')}`,
        'data-step': String(step),
        'data-claims': own.map((mark) => mark.claim).join(' '),
      }),
      textToken(WORD_JOINER),
      openToken('number_open', 'span', { class: 'number' }),
      textToken(String(step)),
      closeToken('number_close', 'span'),
      closeToken('note_close', 'a'),
    ]
  })
}

function factTokens({ fact, sentence }: FactMark): Token[] {
  return [
    openToken('note_open', 'a', {
      class: 'fact-ref',
      href: `#fact-${fact}`,
      'aria-label': `What ran: ${firstWords(sentence)}`,
    }),
    textToken(`${WORD_JOINER}py`),
    closeToken('note_close', 'a'),
  ]
}

function notShownTokens({ notShown, sentence }: NotShownMark): Token[] {
  return [
    textToken(' '),
    openToken('note_open', 'a', {
      class: 'fact-ref not-shown',
      href: `#not-shown-${notShown}`,
      'aria-label': `Not shown here, and why: ${firstWords(sentence)}`,
    }),
    textToken('not shown here'),
    closeToken('note_close', 'a'),
  ]
}

function correctionTokens({ today }: DatedMark): Token[] {
  return [
    textToken(' '),
    openToken('note_open', 'a', { class: 'correction', href: '#today' }),
    textToken(`today: ${today}`),
    closeToken('note_close', 'a'),
  ]
}
