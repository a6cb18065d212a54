import { keepOfAnswer } from './answer.ts'
import { sendRaw, type RawAnswer, type RawRequest } from './raw-client.ts'
import type { Answer, Json, Scenario, ScenarioRequest, Target } from './recording.ts'
import { makeToken } from './token.ts'

/**
 * Sends the requests of a scenario, starting with a freshly seeded database.
 * @returns one response for each request, in order
 * @throws Error when a request needs a variable that no response has filled
 */
export async function runScenario(scenario: Scenario, target: Target): Promise<Answer[]> {
  await target.reset()
  const now = Math.floor(Date.now() / 1000)
  const variables = new Map<string, string>()
  for (const [name, recipe] of Object.entries(scenario.tokens ?? {}))
    variables.set(name, makeToken(recipe, now))

  const answers: Answer[] = []
  for (const request of scenario.requests) {
    const filled = fillRequest(request, variables)
    const raw = await (target.send?.(filled) ?? sendRaw(target.origin, filled))
    saveVariables(request, raw, variables)
    answers.push(keepOfAnswer(raw, target.origin))
  }
  return answers
}

/** The request with its variables filled in. @throws Error for a variable without a value */
export function fillRequest(request: ScenarioRequest, variables: Map<string, string>): RawRequest {
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = variables.get(name)
      if (value === undefined) throw new Error(`"${request.title}" needs {{${name}}}, which has no value`)
      return value
    })
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, fill(value)]),
  )
  const { method, chunked } = request
  return { method, path: fill(request.path), headers, body: bodyBytes(request), chunked }
}

function bodyBytes({ json, form, text, hex }: ScenarioRequest): Buffer | undefined {
  if (json !== undefined) return Buffer.from(JSON.stringify(json))
  if (form !== undefined) return Buffer.from(new URLSearchParams(form).toString())
  if (text !== undefined) return Buffer.from(text)
  if (hex !== undefined) return Buffer.from(hex.replaceAll(' ', ''), 'hex')
  return undefined
}

function saveVariables(
  { title, save = {} }: ScenarioRequest,
  raw: RawAnswer,
  variables: Map<string, string>,
): void {
  for (const [name, key] of Object.entries(save)) {
    const body: Record<string, Json> = JSON.parse(raw.body.toString())
    if (body[key] === undefined) throw new Error(`the response to "${title}" has no ${key}`)
    variables.set(name, String(body[key]))
  }
}
