import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerSentences } from './answer-sentences.ts'
import { loadDeck } from './load.ts'

const LESSON = '02-idempotence/lesson.md'
const STEPS = '02-idempotence/steps.yaml'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(
    path,
    text.replace(from, () => to),
  )
}

async function faults(): Promise<string[]> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  return error instanceof Error
    ? error.message.split('\n').map((line) => line.replace(/^.*?(\d\d-)/, '$1'))
    : []
}

const ANSWER = 'Sent twice, it has the effect of once.'

test('every sentence of an original answer has one status', async () => {
  for (const lesson of (
    await Promise.all(['content/lessons', folder].map((deck) => loadDeck(deck)))
  ).flat()) {
    const sentences = answerSentences(lesson)
    expect(sentences.length, lesson.slug).toBeGreaterThan(0)
    for (const { text, statuses } of sentences) expect(statuses, text).toHaveLength(1)
  }
})

test('a sentence without a status is a fault, with its line', async () => {
  await change(LESSON, `\n${ANSWER}`, `\nIn one sentence:\n\n- ${ANSWER}\n- Nobody shows this.\n\n`)
  expect(await faults()).toEqual([
    '02-idempotence/lesson.md:30: nothing is said about "Nobody shows this.": show it with a claim or a fact, ' +
      'name its dated words under "dated", or give the reason under "notShown"',
  ])
})

test('a block of code and the text after a bold label are sentences, too', async () => {
  await change(
    LESSON,
    `\n${ANSWER}`,
    `\n${ANSWER}\n\n\`\`\`python\nprint(1)\n\`\`\`\n\n**Why:** It is so. So it is.\n\n`,
  )
  expect((await faults()).map((line) => /about "(.*?)":/.exec(line)?.[1])).toEqual([
    'print(1)',
    'It is so.',
    'So it is.',
  ])
})

test('a reason for a sentence that is shown, or dated, is a fault', async () => {
  await change(
    LESSON,
    `sentence: ${ANSWER}`,
    'sentence: A second DELETE may answer 404, and the row is gone all the same.',
  )
  expect(await faults()).toEqual([
    expect.stringMatching(/^02-idempotence\/lesson\.md:27: nothing is said about "Sent twice/),
    expect.stringMatching(/lesson\.md:27: "A second DELETE .*" is shown and not shown; keep one of them$/),
  ])
})

test('a reason for a sentence that the answer does not have is a fault, with the nearest one', async () => {
  await change(LESSON, `sentence: ${ANSWER}`, 'sentence: Sent twice, it had the effect of once.')
  expect(await faults()).toContain(
    `02-idempotence/lesson.md:21: the answer has no sentence "Sent twice, it had the effect of once." (did you mean "${ANSWER}"?)`,
  )
})

test('a claim never shows words that are dated', async () => {
  await change(LESSON, '\nnotShown:', '\ndated:\n  - { words: gone all the same, today: deleted }\nnotShown:')
  expect(await faults()).toEqual([
    expect.stringMatching(
      /^02-idempotence\/steps\.yaml:\d+: "the row is gone" has dated words in it; name only the words that still hold$/,
    ),
  ])
})

test('a claim never shows a wrong answer', async () => {
  await change(STEPS, 'sentence: the row is gone', 'sentence: Idempotent means the same answer')
  expect(await faults()).toContainEqual(
    expect.stringMatching(/steps\.yaml:\d+: "Idempotent means the same answer" is a wrong answer/),
  )
})
