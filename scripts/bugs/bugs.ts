import { loadDeck } from '../../deck/load.ts'
import { tabInNode } from '../../web/original/testing/tab-in-node.ts'
import { tryBug, type TriedState } from '../../web/original/testing/try-bug.ts'
import { deckArguments } from '../deck-arguments.ts'

const USAGE = `npm run bugs -- [folder] [--lesson=NN] [--bug=ID]
folder is a deck; NN is the number of a lesson, or several, with commas; ID is the id of a bug.`

/**
 * Runs the tests of bugs on real FastAPI: with the bug, with its solution and with each near miss. Prints which claims are false, as they
 * stand in `bugs.yaml`, and where that isn't what stands there.
 * @param args a deck's folder, or those of CONTENT_DIR, or the built-in deck; `--lesson=NN` and `--bug=ID`: only these
 * @returns the exit code: 0 when all is well, 1 when something is wrong, 2 for arguments that it doesn't know
 * @throws NoWheels when this machine can't get what FastAPI is made from
 */
export async function bugs(args: string[]): Promise<number> {
  const called = deckArguments(args, /^--(lesson=\d+(,\d+)*|bug=[a-z0-9-]+)$/)
  if (called === null) {
    console.error(USAGE)
    return 2
  }
  const numbers = called.valueOf('lesson')?.split(',').map(Number)
  const id = called.valueOf('bug')
  const decks = await Promise.all(
    called.folders.map((folder) => loadDeck(folder, process.cwd(), { withoutRuns: true })),
  )
  const chosen = decks
    .flat()
    .filter(({ number }) => numbers?.includes(number) ?? true)
    .flatMap((lesson) => lesson.practice.bugs.map((bug) => ({ lesson, bug })))
    .filter(({ bug }) => id === undefined || bug.id === id)
  if (chosen.length === 0) {
    console.error(`There is no such bug.\n${USAGE}`)
    return 2
  }
  // Requests name the host that they are for.
  globalThis.location ??= new URL('http://viva.test/') as unknown as Location
  const tab = await tabInNode()
  let problems = 0
  for (const { lesson, bug } of chosen) {
    console.log(`${lesson.folder}, ${bug.id}`)
    for (const state of await tryBug(tab, bug, lesson)) {
      console.log(textOf(state))
      problems += state.problems.length
    }
  }
  const count = (number: number, what: string): string =>
    `${number || 'no'} ${what}${number === 1 ? '' : 's'}`
  console.log(`${count(chosen.length, 'bug')}: ${count(problems, 'problem')} found.`)
  return problems > 0 ? 1 : 0
}

function textOf({ name, judged, verdict, error, problems }: TriedState): string {
  const lines =
    error === null
      ? [`${name}: ${judged} claims judged`, `red: [${verdict.red.join(', ')}]`]
      : [`${name}: ${error}`, 'starts: false']
  return [...lines, ...problems.map((problem) => `PROBLEM: ${problem}`)]
    .map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)
    .join('\n')
}
