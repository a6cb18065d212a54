import { basename, join } from 'node:path'
import {
  BurstExpectation,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  StoreExpectation,
  TraceExpectation,
} from '#contract/claim.ts'
import {
  CodeReference,
  DatedWords,
  FrontMatter,
  NotShown,
  Reworded,
  Source,
  Step,
  StepsFile,
  Term,
  type Lesson,
} from '#contract/lesson.ts'
import { SaveSource } from '#contract/save.ts'
import { readBugs, type ReadBugs } from './bugs/read.ts'
import { readFacts } from './facts.ts'
import type { Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import type { LessonPlace } from './lesson-names.ts'
import { readPractice, type ReadPractice } from './practice/read.ts'
import { headingFaults } from './headings.ts'
import { itemsOf, plainText, splitAtHeadings, type Section } from './prose.ts'
import { readSay, SAY } from './say.ts'
import type { Picture } from './pictures.ts'
import { decodedAddress, readProse } from './read-prose.ts'
import { readAuthorsText } from './read-text.ts'
import { readYaml } from './yaml.ts'

/** A lesson, and the lines of its files, to report faults at. */
export interface ReadLesson {
  lesson: Lesson
  proseFile: string
  stepsFile: string
  /** Line in lesson.md of a path in its front matter. */
  frontLine: (path: readonly PropertyKey[]) => number
  /** Line in lesson.md of a sentence of the original answer. */
  answerLine: (sentence: string) => number
  /** Line in lesson.md in which a text first stands. */
  proseLine: (text: string) => number
  /** Line in steps.yaml of a path in it. */
  stepLine: (path: readonly PropertyKey[]) => number
  /** `practice.yaml` and what lies beside it. */
  practice: ReadPractice
  bugs: ReadBugs
  /** Those that the prose shows. */
  pictures: Picture[]
}

/** Every key that an author may write, to suggest the nearest for an unknown one. */
const KEY_NAMES: readonly string[] = [
  FrontMatter,
  NotShown,
  Source,
  CodeReference,
  DatedWords,
  NotShown,
  Reworded,
  Term,
  StepsFile,
  Step,
  SaveSource,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  TraceExpectation,
  StoreExpectation,
  BurstExpectation,
].flatMap((schema) => Object.keys(schema.shape))

/** What stands in an address where the name of a lesson may: a mixed round, a learner's own quizzes, all cards or the weakest. */
const RESERVED = ['mixed', 'own', 'all', 'weakest']

/** The `##` headings that every lesson has, in this order. */
const SECTIONS = ['Answer', 'Why it matters', 'Today', 'Common mistakes', 'Follow-ups'] as const

/**
 * Reads one lesson's folder: `lesson.md` (front matter and prose) and `steps.yaml`.
 * @param root the project's folder; faults name files relative to it
 * @param place what the deck calls it
 * @param faults every fault of this lesson is added here, and no others meanwhile
 * @returns null when there was a fault
 */
export async function readLessonFolder(
  root: string,
  folder: string,
  { name, number }: LessonPlace,
  faults: Fault[],
): Promise<ReadLesson | null> {
  const [prosePath, stepsPath] = [join(folder, 'lesson.md'), join(folder, 'steps.yaml')]
  const [proseFile, stepsFile] = [fileName(root, prosePath), fileName(root, stepsPath)]
  const before = faults.length
  if (RESERVED.includes(name)) {
    faults.push({
      file: fileName(root, folder),
      line: 1,
      cause: `"${name}" has another meaning in addresses; choose another name`,
    })
  }
  // A second number would be taken for that of a folder wherever the name stands alone.
  if (!/^(?!\d\d-)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    faults.push({
      file: fileName(root, folder),
      line: 1,
      cause:
        'name the folder with two digits and a few words in lower-case letters a to z, such as "06-authentication"',
    })
  }
  const prose = await readText(root, prosePath, faults)
  const stepsText = await readText(root, stepsPath, faults)
  if (prose === null || stepsText === null) return null

  const matter = /^---\n([\s\S]*?\n)---\n/.exec(prose)
  if (!matter?.[1]) {
    faults.push({
      file: proseFile,
      line: 1,
      cause: 'the front matter is missing: begin the file with YAML between two lines of ---',
    })
    return null
  }
  const front = readYaml({ file: proseFile, text: matter[1], offset: 1 }, FrontMatter, KEY_NAMES, faults)
  const steps = readYaml({ file: stepsFile, text: stepsText, offset: 0 }, StepsFile, KEY_NAMES, faults)
  const facts = await readFacts(root, folder, faults)
  const practice = await readPractice(root, folder, faults)
  const bugs = await readBugs(root, folder, faults)
  const body = await readProse(folder, { file: proseFile, prose, start: matter[0].length }, faults)
  const sections = readSections(proseFile, body.prose, matter[0], faults)
  if (!front || !steps || !practice || !bugs || faults.slice(before).some(({ isWarning }) => !isWarning))
    return null

  const [first, ...rest] = sections
  const hasSay = first?.heading === SAY
  const [answer, why, today, wrong, followUps] = hasSay ? rest : sections
  const read = hasSay ? readSay(first) : { say: null }
  if ('cause' in read) {
    faults.push({ file: proseFile, line: first?.line ?? 1, cause: `## ${SAY} ${read.cause}` })
    return null
  }
  const { key = name, ...content } = front.value
  const lesson: Lesson = {
    ...content,
    slug: key,
    name,
    folder: basename(folder),
    number,
    say: read.say,
    answer: answer?.markdown ?? '',
    whyItMatters: why?.markdown ?? '',
    today: today?.markdown ?? '',
    commonMistakes: wrong ? itemsOf(wrong) : [],
    followUps: followUps ? itemsOf(followUps) : [],
    steps: steps.value.steps,
    facts,
    practice: {
      ...{ ...practice.content, bugs: bugs.content.bugs },
      ...{ snippets: practice.snippets, keys: {}, mistakes: [] },
    },
  }
  const answerLine = (sentence: string): number => lineOfSentence(prose, answer?.line ?? 1, sentence)
  return {
    lesson,
    proseFile,
    stepsFile,
    frontLine: front.lineOf,
    answerLine,
    proseLine: (text) => lineWith(body.prose, text),
    stepLine: steps.lineOf,
    practice,
    bugs,
    pictures: body.pictures,
  }
}

/** Line of the file with a sentence's first words, looked for below the heading in line `from`; the heading where they are on two lines. */
function lineOfSentence(prose: string, from: number, sentence: string): number {
  const lines = prose.split('\n').slice(from)
  const index = lines.findIndex((line) => plainText(line).includes(sentence.slice(0, 20)))
  return index < 0 ? from : from + index + 1
}

/** Line with a text, from 1; a link's address may be written in other characters than a browser sends. */
function lineWith(prose: string, text: string): number {
  const lines = prose.split('\n')
  const index = lines.findIndex((line) => line.includes(text) || line.includes(decodedAddress(text)))
  return Math.max(index, 0) + 1
}

async function readText(root: string, path: string, faults: Fault[]): Promise<string | null> {
  const before = faults.length
  const text = await readAuthorsText(root, path, faults)
  if (text === null && faults.length === before)
    faults.push({
      file: fileName(root, path),
      line: 1,
      cause: 'this file is missing; a lesson has lesson.md and steps.yaml',
    })
  return text
}

function readSections(file: string, prose: string, matter: string, faults: Fault[]): Section[] {
  const offset = matter.split('\n').length - 1
  const sections = splitAtHeadings(prose.slice(matter.length), 2, offset)
  const expected = sections[0]?.heading === SAY ? [SAY, ...SECTIONS] : SECTIONS
  if (sections.map((section) => section.heading).join('|') !== expected.join('|')) {
    faults.push(...headingFaults(sections, expected, offset).map((fault) => ({ file, ...fault })))
    return []
  }
  const requireItems = (heading: string, count: number): void => {
    const section = sections.find((each) => each.heading === heading)
    if (!section) return
    const items = itemsOf(section)
    const empty = items.find((item) => !item.markdown)
    if (items.length < count)
      faults.push({
        file,
        line: section.line,
        cause: `"## ${section.heading}" needs at least ${count} ${count === 1 ? 'item' : 'items'}, each under a ### heading`,
      })
    if (empty)
      faults.push({ file, line: section.line, cause: `write something under "### ${empty.heading}"` })
  }
  requireItems('Common mistakes', 1)
  requireItems('Follow-ups', 2)
  for (const section of sections.slice(0, -2)) {
    if (!section.markdown)
      faults.push({ file, line: section.line, cause: `write something under "## ${section.heading}"` })
  }
  return sections
}
