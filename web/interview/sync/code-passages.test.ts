// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenFiles } from '../bug/given-files.ts'
import { notePassages } from '../host/note-passages.ts'
import { landmarksOf } from '../replay/landmarks.ts'
import { SharedText } from './shared-text.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const BROKEN = { 'schemas.py': 'class UserOut:\n    id: int\n    hashed_password: str\n' }
const given = givenFiles(BROKEN)
const pasted = Array.from({ length: 12 }, (_, at) => `def helper_${at}():\n    return ${at} * 1000`).join(
  '\n',
)

interface Sent {
  file: string
  update: string
}

/** The updates that a candidate's browser sends while the files are edited. */
async function sent(
  edit: (files: Record<string, SharedText>, wait: () => Promise<unknown>) => Promise<void> | void,
): Promise<Sent[]> {
  const all: Sent[] = []
  const open = (file: string): SharedText =>
    new SharedText({
      ...{ keptAs: null, base: given[file] ?? '', changed: () => undefined },
      send: (update) => Promise.resolve(void all.push({ file, update })),
    })
  const files = { 'schemas.py': open('schemas.py'), 'main.py': open('main.py') }
  const wait = () => vi.advanceTimersByTimeAsync(2_000)
  await edit(files, wait)
  await vi.advanceTimersByTimeAsync(20_000)
  for (const text of Object.values(files)) text.end()
  return all
}

/** What an interviewer reads about passages, in a replay of these updates and live. */
function marked(updates: readonly Sent[], late = false) {
  const steps = updates.map((one, at) => ({ kind: 'file' as const, question: 'q1', at, late, ...one }))
  const replayed = landmarksOf({ steps }, (title) => ({ title, given })).map(({ label }) => label)
  const texts: Record<string, string> = {}
  const plan = { questions: [{ key: 'q1', bug: { files: BROKEN } }] } as never
  const { code, note } = notePassages(texts, () => plan)
  const shown = updates.flatMap(({ file, update }, at) => {
    const shared = (watched[file] ??= new SharedText({
      ...{ keptAs: null, send: () => Promise.resolve() },
      changed: ({ text }) => (texts[`file/q1/${file}`] = text),
    }))
    note({ kind: 'text', number: at, document: { of: 'file', question: 'q1', file }, update, late, at })
    shared.take(update)
    return code.q1?.at === at ? [`${code.q1.length} in ${code.q1.file}`] : []
  })
  watched = {}
  return { replayed, shown }
}
let watched: Record<string, SharedText> = {}

test('a passage that is pasted into code is marked with its file, in the room and in the replay', async () => {
  const updates = await sent(async ({ 'main.py': main, 'schemas.py': schemas }, wait) => {
    schemas?.set(`${schemas.value}x`)
    await wait()
    main?.set(`${main.value}${pasted}`)
  })
  expect(pasted.length).toBeGreaterThan(400)
  expect(marked(updates)).toEqual({
    replayed: [`${pasted.length} characters at once in main.py`],
    shown: [`${pasted.length} in main.py`],
  })
  expect(marked(updates, true)).toEqual({ replayed: [], shown: [] })
})

test('the first edit of a file, letters typed fast, and short pastes are not', async () => {
  const updates = await sent(({ 'schemas.py': text }) => {
    for (let length = 1; length <= 400; length += 1)
      text?.set(`${given['schemas.py']}${pasted.slice(0, length)}`)
    text?.set(`${text.value}${'y'.repeat(150)}`)
  })
  expect(marked(updates)).toEqual({ replayed: [], shown: [] })
})

test('indenting, commenting out, moving between files, undoing and resetting insert much, but nothing new', async () => {
  const typed = (text: SharedText | undefined, all: string): void => {
    const before = text?.value ?? ''
    for (let length = 1; length <= all.length; length += 1) text?.set(before + all.slice(0, length))
  }
  const updates = await sent(async ({ 'main.py': main, 'schemas.py': schemas }, wait) => {
    if (!main || !schemas) return
    const before = main.value
    for (const change of [
      () => main.set(before.replaceAll('\n', '\n    ')),
      () => main.set(before.replaceAll('\n', '\n# ')),
      () => main.set(before),
      () => main.set(''),
      () => main.set(before),
      () => typed(schemas, pasted),
      () => schemas.set(given['schemas.py'] ?? ''),
      () => schemas.set(`${given['schemas.py']}${pasted}`),
      () => schemas.set(given['schemas.py'] ?? ''),
      () => main.set(`${before}${pasted}`),
      () => schemas.set(before),
    ]) {
      change()
      await wait()
    }
  })
  expect(marked(updates)).toEqual({ replayed: [], shown: [] })
})
