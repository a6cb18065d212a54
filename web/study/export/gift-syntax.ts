/** A question of a GIFT file. Texts are as written: `format` says what they are. */
export interface GiftQuestion {
  /** Where it begins, from 1. */
  line: number
  /** Comments above it, without their slashes. */
  comments: string[]
  title: string
  format: string
  text: string
  answers: GiftAnswer[]
  /** What is said after any answer. */
  general: string
}

interface GiftAnswer {
  isRight: boolean
  text: string
  /** For pairs that are to be matched. */
  match: string | null
  feedback: string | null
}

export interface GiftFault {
  /** From 1. */
  line: number
  says: string
}

/** Reads the syntax of a GIFT file: choices, true or false, and matching. What it can't read is a fault; the rest is read all the same. */
export function parseGift(text: string): { questions: GiftQuestion[]; faults: GiftFault[] } {
  const questions: GiftQuestion[] = []
  const faults: GiftFault[] = []
  for (const { line, comments, lines } of blocksOf(text)) {
    const read = parseQuestion(lines.join('\n'))
    if (typeof read === 'string') faults.push({ line, says: read })
    else questions.push({ line, comments, ...read })
  }
  return { questions, faults }
}

/** Questions are separated by blank lines. */
function blocksOf(text: string): { line: number; comments: string[]; lines: string[] }[] {
  const blocks = [{ line: 0, comments: [] as string[], lines: [] as string[] }]
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    const block = blocks.at(-1)
    if (line.trim() === '' && block?.lines.length) blocks.push({ line: 0, comments: [], lines: [] })
    else if (line.startsWith('//')) block?.comments.push(line)
    else if (line.trim() !== '' && !line.startsWith('$CATEGORY:') && block !== undefined) {
      if (block.lines.length === 0) block.line = index + 1
      block.lines.push(line)
    }
  }
  return blocks.filter(({ lines }) => lines.length > 0)
}

function parseQuestion(block: string): Omit<GiftQuestion, 'line' | 'comments'> | string {
  const rest = block.trimStart()
  const title = rest.startsWith('::') ? indexOf(rest, '::', 2) : -1
  if (rest.startsWith('::') && title < 0) return 'its title doesn’t end: “::” is missing'
  const body = title < 0 ? rest : rest.slice(title + 2)
  const open = indexOf(body, '{')
  if (open < 0) return 'it has no answers between braces'
  const close = indexOf(body, '}', open)
  if (close < 0) return 'its answers don’t end: “}” is missing'
  const [, format = 'moodle', before = ''] = /^\s*(?:\[(html|moodle|plain|markdown)\])?([\s\S]*)$/.exec(
    body.slice(0, open),
  ) ?? ['', '', '']
  const after = body.slice(close + 1).trim()
  const answers = parseAnswers(body.slice(open + 1, close))
  if (typeof answers === 'string') return answers
  return {
    title: title < 0 ? '' : unescapedGift(rest.slice(2, title).trim()),
    format,
    text: unescapedGift(after === '' ? before.trim() : `${before.trim()} _____ ${after}`),
    ...answers,
  }
}

function parseAnswers(inside: string): Pick<GiftQuestion, 'answers' | 'general'> | string {
  const mark = indexOf(inside, '####')
  const general = mark < 0 ? '' : unescapedGift(inside.slice(mark + 4).trim())
  const list = (mark < 0 ? inside : inside.slice(0, mark)).trim()
  if (list === '') return 'it is an essay; only choices, true or false, and matching can be read'
  if (list.startsWith('#'))
    return 'it asks for a number; only choices, true or false, and matching can be read'
  const statement = /^(T|TRUE|F|FALSE)(?:#((?:\\.|[^#])*))?(?:#((?:\\.|[^#])*))?$/s.exec(list)
  if (statement !== null) return { general, answers: trueOrFalse(statement) }
  const pieces = splitAnswers(list)
  if (pieces === null) return 'its answers don’t begin with = or ~'
  const isMatching =
    pieces.length > 1 && pieces.every((piece) => piece.startsWith('=') && piece.includes('->'))
  const answers = pieces.map((piece) => parseAnswer(piece, isMatching))
  if (isMatching) return { answers, general }
  if (answers.every(({ isRight }) => isRight))
    return 'it asks for a short answer; only choices, true or false, and matching can be read'
  if (answers.filter(({ isRight }) => isRight).length !== 1) return 'it has no right answer, or several'
  return { answers, general }
}

/** The first feedback is for the wrong choice, the second for the right one. */
function trueOrFalse([, value = '', wrong, right]: RegExpExecArray): GiftAnswer[] {
  const feedback = (text: string | undefined): string | null =>
    text === undefined ? null : unescapedGift(text.trim())
  return ['True', 'False'].map((text) => {
    const isRight = value.startsWith(text.charAt(0))
    return { isRight, text, match: null, feedback: feedback(isRight ? right : wrong) }
  })
}

/** Each answer with its mark. */
function splitAnswers(list: string): string[] | null {
  const starts = [...list.matchAll(/\\.|[=~]/gs)]
    .filter(([found]) => found.length === 1)
    .map(({ index }) => index)
  if (starts[0] !== 0) return null
  return starts.map((start, place) => list.slice(start, starts[place + 1] ?? list.length))
}

const WEIGHT = /^%(-?[\d.]+)%/

function parseAnswer(piece: string, isMatching: boolean): GiftAnswer {
  const hash = indexOf(piece, '#')
  const said = piece.slice(1, hash < 0 ? undefined : hash).trim()
  const text = said.replace(WEIGHT, '').trim()
  const arrow = isMatching ? text.indexOf('->') : -1
  return {
    isRight: piece.startsWith('=') || WEIGHT.exec(said)?.[1] === '100',
    text: unescapedGift(arrow < 0 ? text : text.slice(0, arrow).trim()),
    match: arrow < 0 ? null : unescapedGift(text.slice(arrow + 2).trim()),
    feedback: hash < 0 ? null : unescapedGift(piece.slice(hash + 1).trim()),
  }
}

/** Where a mark stands that isn't escaped. */
function indexOf(text: string, mark: string, from = 0): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index += 1
    else if (text.startsWith(mark, index)) return index
  }
  return -1
}

/** Spaces and lines around a text belong to the layout of the file, and were trimmed before; escaped ones are its own. */
function unescapedGift(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (whole, next: string) => {
    if (next === 'n') return '\n'
    return '\\~=#{}:'.includes(next) ? next : whole
  })
}
