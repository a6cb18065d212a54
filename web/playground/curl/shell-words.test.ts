// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellWords } from './shell-words.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { emptyFolder, missingTools, wordsInBash } from '../export/testing/real-tools.ts'

const missing = missingTools()
if (missing !== null) {
  leaveOut(`What a pasted command is split into was not compared with bash: ${missing}.`)
}

/** Any text, with the characters that shells read specially more often than not. */
const special = fc.string({
  unit: fc.constantFrom(
    ...'\'"\\$`!#;&|<>(){}[]*?~,.=-+^@% \t\n\rabcefnrtvxuUE01234789\u00e9\u{1f600}\u00a0',
  ),
  maxLength: 12,
})
const plain = fc.string({ unit: fc.constantFrom(...'abcxyz/:.?=%@_+é😀'), minLength: 1, maxLength: 6 })
const single = special.map((text) => `'${text.replaceAll("'", '')}'`)
const double = special.map((text) => `"${text.replaceAll('"', '\\"')}"`)
const escapes = fc.oneof(
  fc.constantFrom(...'abefnrtvE?"\'\\'.split('').map((letter) => `\\${letter}`)),
  fc.nat(0o777).map((code) => `\\${code.toString(8)}`),
  fc.nat(255).map((code) => `\\x${code.toString(16)}`),
  fc.nat(0xffff).map((code) => `\\u${code.toString(16)}`),
  fc.nat(0x10ffff).map((code) => `\\U${code.toString(16).padStart(8, '0')}`),
  fc.stringMatching(/^[!-~]$/).map((key) => `\\c${key}`),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
    .map((text) => Array.from(new TextEncoder().encode(text), (byte) => `\\${byte.toString(8)}`).join('')),
  special.map((text) => text.replaceAll("'", '')),
)
const ansi = fc.array(escapes, { maxLength: 6 }).map((parts) => `$'${parts.join('')}'`)
const word = fc
  .array(
    fc.oneof(
      plain,
      single,
      double,
      ansi,
      double.map((text) => `$${text}`),
      special.map((text) => `\\${text}`),
      special,
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''))
const gap = fc.constantFrom(' ', '\t', '  ', ' \\\n', ' \\\r\n  ', " # it's a comment\n", ' \n')
const command = fc
  .tuple(
    fc.array(fc.tuple(gap, word), { maxLength: 5 }),
    fc.constantFrom('', '\n', '\r\n', ';', ' # the end', ' \\', '\n# the end\n'),
  )
  .map(([words, end]) => `curl${words.flat().join('')}${end}`)

test.skipIf(missing !== null)('every command that is accepted is split into words as bash does', async () => {
  const folder = emptyFolder()
  const accepted: { command: string; words: string[]; notes: string[] }[] = []
  let refused = 0
  fc.assert(
    fc.property(command, (text) => {
      try {
        accepted.push({ command: text, ...shellWords(text) })
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError)
        refused += 1
      }
    }),
    { numRuns: 3000 },
  )
  const forBash = accepted.map(({ command: text, notes }) => {
    const unix = text.replaceAll('\r\n', '\n')
    return notes.some((note) => note.startsWith('The backslash at the end'))
      ? unix.trimEnd().slice(0, -1)
      : unix
  })
  const real = await wordsInBash(forBash, folder)
  folder.remove()
  const ours = accepted.map(({ command: text, words: [, ...rest] }) => [text, rest])
  expect(real.map((words, index) => [accepted[index]?.command, words])).toEqual(ours)
  expect(Math.min(accepted.length, refused)).toBeGreaterThan(400)
})
