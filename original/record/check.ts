import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { differences } from '../replay/differences.ts'
import { RecordedScenario, type Answer, type Scenario } from '../replay/recording.ts'
import type { Recorded } from './ask-all.ts'

/**
 * Every difference between new responses and the committed recording, one line each.
 * @param folder the folder of the recording
 */
export async function changesOf(fresh: Recorded, folder: string): Promise<string[]> {
  const committed = await readJson(join(folder, 'versions.json'))
  const { python, packages } = committed as Recorded['versions']
  const samePython = minor(python) === minor(fresh.versions.python)
  if (!samePython) {
    console.log(
      `The recording was made with Python ${python}. Other versions word the errors of json.loads differently: those are not compared.`,
    )
  }
  const changes: string[] = []
  if (JSON.stringify(packages) !== JSON.stringify(fresh.versions.packages)) changes.push('versions.json')
  const inside = await readJson(join(folder, 'inside.json'))
  if (!isDeepStrictEqual(inside, fresh.inside)) changes.push('inside.json')
  for (const [name, scenario] of fresh.scenarios) {
    const before = RecordedScenario.safeParse(await readJson(join(folder, `${name}.json`)))
    if (!before.success || !sameRequests(before.data, scenario))
      changes.push(`${name}: the requests have changed`)
    else changes.push(...answersThatChanged(name, before.data, scenario, samePython))
  }
  return changes
}

function answersThatChanged(
  name: string,
  before: RecordedScenario,
  after: RecordedScenario,
  samePython: boolean,
) {
  const comparable = samePython ? (answer: Answer) => answer : withoutJsonErrorText
  return after.requests.flatMap(({ title, answer }, index) =>
    differences(comparable(before.requests[index]!.answer), comparable(answer)).map(
      (line) => `${name}: ${title}: ${line}`,
    ),
  )
}

/** From 3.13 on, Python words some JSON errors differently, and at another position. */
function withoutJsonErrorText(answer: Answer): Answer {
  if (!JSON.stringify(answer.json ?? null).includes('"json_invalid"')) return answer
  const { 'content-length': _, ...headers } = answer.headers
  return { status: answer.status, headers, json: 'broken' }
}

function sameRequests(one: RecordedScenario, other: RecordedScenario): boolean {
  return JSON.stringify(withoutAnswers(one)) === JSON.stringify(withoutAnswers(other))
}

function withoutAnswers({ requests, ...rest }: RecordedScenario): Scenario {
  return { ...rest, requests: requests.map(({ answer: _, ...request }) => request) }
}

function minor(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => '{}'))
}
