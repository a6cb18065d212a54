import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FrontMatter } from '#contract/lesson.ts'
import { deckFolders } from '../deck-folders.mjs'
import { proseTemplate, stepsTemplate } from './templates.ts'

const SCHEMA = resolve(import.meta.dirname, '../../deck/schemas/steps.json')
const NOT_PASSED_ON = 'Write -- before the options: npm keeps what comes without it to itself.'
const USAGE = 'npm run lesson:new 04-caching -- [--title "Caching"] [--in path/to/deck]'

/**
 * Writes a lesson with one step that works: `lesson.md` and `steps.yaml`, to be rewritten by their author.
 * @param args the lesson's folder, and `--title` and `--in`, the deck; without it, the last one of `CONTENT_DIR`, or the built-in one
 * @returns the exit code: 0 when it was written, 2 when it was not, with the reason on stderr
 */
export async function lessonNew(args: string[]): Promise<number> {
  const { name, title, deck, left } = readArguments(args)
  const names = await foldersIn(deck)
  const reason = left ? NOT_PASSED_ON : refusal(name, title, names, deck)
  if (reason !== undefined) {
    console.error(`${reason}\n\n${USAGE}`)
    return 2
  }
  const folder = join(deck, name)
  await mkdir(folder, { recursive: true })
  const schema = relative(folder, SCHEMA).replaceAll('\\', '/')
  await writeFile(join(folder, 'lesson.md'), proseTemplate(title, await packageVersion('fastapi')))
  await writeFile(join(folder, 'steps.yaml'), stepsTemplate(schema))
  const folders = deckFolders().map((each) => resolve(each))
  // A deck that is not among those shown would be looked for in vain.
  const setting = folders.includes(deck) ? '' : `CONTENT_DIR=${relative(process.cwd(), deck)} `
  const shown = relative(process.cwd(), folder)
  console.log(`${join(shown, 'lesson.md')}\n${join(shown, 'steps.yaml')}

Next: ${setting}npm run dev, and npm run content:check${folders.includes(deck) ? '' : ` ${relative(process.cwd(), deck)}`}. docs/authoring.md has the format.`)
  return 0
}

/** `left`: npm has taken an option that was meant for this command, or there is an argument too many. */
function readArguments(args: string[]): { name: string; title: string; deck: string; left: boolean } {
  const options = { title: { type: 'string' }, in: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: false })
  const [name = '', ...others] = positionals
  const { npm_config_in: takenFolder, npm_config_title: takenTitle } = process.env
  const deck = text(values.in) || deckFolders().at(-1) || ''
  const left = others.length > 0 || takenFolder !== undefined || takenTitle !== undefined
  return { name, title: text(values.title) || titleOf(name), deck: resolve(deck), left }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/** `04-response-caching` as `Response caching`. */
function titleOf(name: string): string {
  const words = name.replace(/^\d+-/, '').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

async function foldersIn(deck: string): Promise<string[]> {
  const entries = await readdir(deck, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** Why the lesson isn't written, and what to do. */
function refusal(name: string, title: string, names: readonly string[], deck: string): string | undefined {
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    return name === ''
      ? 'Name the folder of the new lesson.'
      : `"${name}" is no name for a lesson: use two digits and a few words, such as 04-caching.`
  if (names.includes(name)) return `${relative(process.cwd(), join(deck, name))} exists already.`
  const number = name.slice(0, 2)
  const same = names.find((other) => other.startsWith(`${number}-`))
  if (same !== undefined)
    return `${same} has the number ${number} already. The next free one is ${nextFree(names)}.`
  if (FrontMatter.shape.title.safeParse(title).success) return undefined
  return `The title "${title}" has ${title.length} characters; it must have 3 to 40. Give it with --title.`
}

function nextFree(names: readonly string[]): string {
  const used = names.map((name) => Number(/^(\d\d)-/.exec(name)?.[1] ?? 0))
  return String(Math.max(0, ...used) + 1).padStart(2, '0')
}

/** The version that the original project is pinned to. */
async function packageVersion(name: string): Promise<string> {
  const file = resolve(import.meta.dirname, '../../original/project/requirements.txt')
  const version = new RegExp(`^${name}(?:\\[\\w+\\])?==(\\S+)`, 'm').exec(await readFile(file, 'utf8'))?.[1]
  return `FastAPI ${version ?? 'as pinned'}`
}
