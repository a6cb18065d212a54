import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimsOf } from '#contract/lesson.ts'
import { loadDeck } from './load.ts'
import { plainText } from './prose.ts'

const SECOND_DECK = 'deck/testing/second-deck'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp(SECOND_DECK, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function faultsAfter(file: string, from: string, to: string): Promise<string[]> {
  const path = join(folder, file)
  const before = await readFile(path, 'utf8')
  expect(before).toContain(from)
  await writeFile(path, before.replace(from, to))
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) return []
  return error.message.split('\n').map((line) => line.replace(/^.*?(\d\d-[^:]+)/, '$1'))
}

const prose = '02-idempotence/lesson.md'
const steps = '02-idempotence/steps.yaml'

test.each([
  [
    'a misspelt key',
    prose,
    'topics:',
    'topic:',
    /^02-idempotence\/lesson\.md:6: no such key "topic" \(did you mean "topics"\?\)$/,
  ],
  [
    'a wrong level',
    prose,
    'level: junior',
    'level: expert',
    /^02-idempotence\/lesson\.md:4: level: .*"junior"/,
  ],
  [
    'too few key points',
    prose,
    '  - PUT and DELETE are idempotent, and so is every safe method\n',
    '',
    /lesson\.md:9: keyPoints: needs at least 5 items$/,
  ],
  ['a missing key', prose, 'minutes: 4\n', '', /lesson\.md:\d+: minutes: missing$/],
  [
    'a value of the wrong type',
    prose,
    'minutes: 4',
    'minutes: four',
    /lesson\.md:5: minutes: must be a number, not text$/,
  ],
  ['a number out of range', prose, 'minutes: 4', 'minutes: 0', /lesson\.md:5: minutes: must be at least 1$/],
  [
    'an address that is not one',
    prose,
    'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
    'rfc9110',
    /lesson\.md:17: sources\.0\.url: must be a whole address/,
  ],
  [
    'a path without a slash',
    steps,
    'path: /users/\n',
    'path: users/\n',
    /steps\.yaml:7: steps\.0\.path: must start with "\/"$/,
  ],
  [
    'an unknown region',
    prose,
    'region: users.delete_user',
    'region: users.delete_usr',
    /lesson\.md:19: no region "users\.delete_usr" in both twins \(did you mean "users\.delete_user"\?\)$/,
  ],
  [
    'an unknown related lesson',
    prose,
    '03-media-types',
    '03-media-type',
    /lesson\.md:7: no other lesson "03-media-type" \(did you mean "media-types"\?\)$/,
  ],
  [
    'an unknown trace step',
    prose,
    'explains: [users.delete_user]',
    'explains: [users.delete_user, body.parsed]',
    /lesson\.md:8: no trace step "body\.parsed" \(did you mean "body\.parse"\?\)$/,
  ],
  [
    'a claim for the home page that is not in the lesson',
    prose,
    'explains: [users.delete_user]',
    'explains: [users.delete_user]\nhomeClaim: never-there',
    /lesson\.md:9: no claim "never-there" in this lesson/,
  ],
  [
    'a trace step that another lesson explains',
    prose,
    'explains: [users.delete_user]',
    'explains: [users.delete_user, users]',
    /^02-idempotence\/lesson\.md:8: "users" is already explained by 01-safe-methods$/,
  ],
  [
    'a trace step that a lesson explains twice',
    prose,
    'explains: [users.delete_user]',
    'explains: [users.delete_user, users.delete_user]',
    /^02-idempotence\/lesson\.md:8: "users\.delete_user" is already explained by 02-idempotence$/,
  ],
  [
    'former words of no key point',
    prose,
    'checked: {',
    'reworded: [{ was: PUT may be repeated, now: Twice has the effect of two }]\nchecked: {',
    /lesson\.md:15: no key point "Twice has the effect of two" \(did you mean "Twice has the effect of once"\?\)$/,
  ],
  [
    'a section out of order',
    prose,
    '## Why it matters',
    '## Why',
    /lesson\.md:29: no lesson has a section "## Why"; there are ## Answer, ## Why it matters/,
  ],
  [
    'a single follow-up',
    prose,
    '### How is POST made safe to repeat?',
    '',
    /lesson\.md:43: "## Follow-ups" needs at least 2 items/,
  ],
  [
    'broken YAML',
    steps,
    'steps:',
    'steps: [',
    /^02-idempotence\/steps\.yaml:2: .*a bracket above is never closed$/,
  ],
  [
    'an unknown earlier step',
    steps,
    'after: [create, log-in]',
    'after: [create, login]',
    /steps\.yaml:\d+: no earlier step "login" \(did you mean "log-in"\?\)$/,
  ],
  [
    'a variable that no step saves',
    steps,
    'save: { token: access_token }',
    'save: { tokens: access_token }',
    /steps\.yaml:32: no earlier step saves \{\{token\}\} \(did you mean "tokens"\?\)$/,
  ],
  [
    'a sentence that is not in the text',
    steps,
    'sentence: the row is gone',
    'sentence: the row is lost',
    /steps\.yaml:35: the lesson's text has no "the row is lost"; the nearest words are "the row is gone"$/,
  ],
  [
    'a claim that expects nothing',
    steps,
    "expect:\n          status: 201\n          store:\n            - { table: users, where: { id: '{{id}}' }, count: { equals: 1 } }",
    'expect: {}',
    /steps\.yaml:14: .*this claim expects nothing/,
  ],
  [
    'a value without a rule',
    steps,
    'count: { equals: 1 }',
    'count: {}',
    /steps\.yaml:\d+: .*there is no rule for this value/,
  ],
  [
    'a list of nothing',
    steps,
    "expect:\n          status: 201\n          store:\n            - { table: users, where: { id: '{{id}}' }, count: { equals: 1 } }",
    'expect: { json: [] }',
    /steps\.yaml:14: .*this claim expects nothing/,
  ],
  [
    'an unknown rule',
    steps,
    '{ equals: 0 }',
    '{ equal: 0 }',
    /steps\.yaml:\d+: no such key "equal" .*\(did you mean "equals"\?\)$/,
  ],
  [
    'a pattern that is not a regular expression',
    steps,
    '{ equals: 0 }',
    "{ matches: '(lim' }",
    /steps\.yaml:\d+: .*Invalid regular expression: \/\(lim\/u: Unterminated group$/,
  ],
  [
    'a bound that is neither a number nor a variable',
    steps,
    '{ equals: 0 }',
    '{ atMost: many }',
    /steps\.yaml:\d+: .*atMost: must be a number, or one \{\{variable\}\} that holds a number$/,
  ],
  [
    'a value saved from an unknown trace step',
    steps,
    'save: { token: access_token }',
    'save: { token: { step: auth.logn, path: kind } }',
    /steps\.yaml:\d+: no trace step "auth\.logn" \(did you mean "auth\.login"\?\)$/,
  ],
  [
    'a request that sends a value of a trace',
    steps,
    'save: { token: access_token }',
    'save: { token: { step: auth.login, path: kind } }',
    /steps\.yaml:32: \{\{token\}\} comes from a trace, so only claims may use it$/,
  ],
  [
    'a source without a path',
    steps,
    'save: { token: access_token }',
    "save: { token: { matches: '.' } }",
    /steps\.yaml:\d+: .*must be a path, or \{ path, matches, step \} of which path is required$/,
  ],
  [
    'a source with an invalid regular expression',
    steps,
    'save: { token: access_token }',
    "save: { token: { path: access_token, matches: '(' } }",
    /steps\.yaml:\d+: .*Unterminated group$/,
  ],
  [
    'a step that is compared with an unknown one',
    steps,
    'status: 201\n',
    'status: 201\n          trace: [{ step: auth.login, longerThan: auth.logn }]\n',
    /steps\.yaml:\d+: no trace step "auth\.logn" \(did you mean "auth\.login"\?\)$/,
  ],
  [
    'a claim named twice',
    steps,
    'id: gone',
    'id: one-row',
    /steps\.yaml:34: another claim of this lesson has the id "one-row"/,
  ],
])('%s is reported with file, line, cause and the nearest valid name', async (_, file, from, to, fault) => {
  const faults = await faultsAfter(file, from, to)
  expect(
    faults.some((line) => fault.test(line)),
    faults.join('\n'),
  ).toBe(true)
})

test('the second deck loads completely', async () => {
  const deck = await loadDeck(folder)
  expect(deck.map((lesson) => [lesson.number, lesson.slug, claimsOf(lesson).length])).toEqual([
    [1, 'safe-methods', 1],
    [2, 'idempotence', 2],
    [3, 'media-types', 1],
  ])
  expect(deck[1]?.followUps[0]).toEqual({
    heading: 'Is PATCH idempotent?',
    markdown: 'Not by itself: a patch that appends isn’t.',
  })
})

test('a missing or empty folder is reported', async () => {
  await expect(loadDeck(join(folder, 'nowhere'))).rejects.toThrow('this folder of lessons does not exist')
  await rm(folder, { recursive: true })
  await cp('docs', folder, { recursive: true })
  await expect(loadDeck(folder)).rejects.toThrow('this folder has no lessons')
})

test('the 17 lessons contain the original answers word for word, with at least 4 claims each and 100 in total', async () => {
  const original = await readFile('content/questions.md', 'utf8')
  const answers = original
    .split(/^### \d+\. /m)
    .slice(1)
    .map((part) => part.replace(/\n---[\s\S]*$/, ''))
    .map((part) => {
      const [heading = '', ...rest] = part.split('\n')
      return {
        question: heading.replaceAll('**', '').trim(),
        answer: rest.join('\n').replace(/^\s*\*\*Answer:\*\*/, ''),
      }
    })
  const deck = await loadDeck('content/lessons')
  expect(deck).toHaveLength(17)
  deck.forEach((lesson, index) => {
    expect(plainText(lesson.question)).toBe(plainText(answers[index]?.question ?? ''))
    expect(plainText(lesson.answer)).toBe(plainText(answers[index]?.answer ?? ''))
    expect(claimsOf(lesson).length, lesson.slug).toBeGreaterThanOrEqual(4)
  })
  expect(deck.flatMap(claimsOf).length).toBeGreaterThanOrEqual(100)
})
