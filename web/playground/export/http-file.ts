import type { Step } from '#contract/lesson.ts'
import type { Person } from '#contract/sandbox.ts'
import type { PlainRequest } from '#contract/request.ts'
import { variablesIn, type Variables } from '#contract/variables.ts'
import { CannotWrite } from './request-text.ts'
import { toHttp } from './http-block.ts'
import {
  loginRequest,
  peopleIn,
  savedOutside,
  tokenOf,
  unfilledRequest,
  type SavedValue,
  type StepsOfLesson,
} from './people.ts'

/**
 * How an `.http` file passes values on from a response: request variables of REST Client, which Visual Studio supports too, or a
 * script after the request, as in JetBrains IDEs and httpYac. No tool supports both.
 * Sources: https://github.com/Huachao/vscode-restclient#request-variables,
 * https://www.jetbrains.com/help/idea/http-response-handling-api-reference.html
 */
export type HttpDialect = 'rest-client' | 'jetbrains'

/**
 * All steps as one `.http` file: a reset and logins first, so that it can run again; saved values as variables.
 * @param people whose logins are written out; their passwords are public
 */
export function stepsToHttp(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
  origin: string,
  dialect: HttpDialect,
): string {
  const logins = peopleIn(lessons, people).map((login) => loginBlock(login, dialect))
  const steps = lessons.flatMap(({ title, steps }, at) => {
    // Names are global in the file: two lessons may each have a step `log-in` and save a `token`.
    const prefix = lessons.length > 1 ? `q${at + 1}_` : ''
    const saved = steps.flatMap(savedOutside)
    const variables = Object.fromEntries(saved.map(([name]) => [name, `{{${prefix}${name}}}`]))
    const parts = saved.flatMap(([name, { matches }]) => (matches === undefined ? [] : [prefix + name]))
    return steps.map((step) => stepBlock(title, step, { prefix, variables, parts, dialect }))
  })
  return [`@origin = ${origin}\n`, RESET, ...logins, ...steps].join('\n')
}

const RESET = '### Reset the sandbox\nPOST {{origin}}/api/sandbox/reset\n'

function loginBlock({ key, person }: ReturnType<typeof peopleIn>[number], dialect: HttpDialect): string {
  const name = `login_${key}`
  const saved = savedLines(name, [[tokenOf(key), { path: 'access_token' }]], dialect)
  return `### Log in: ${person.name}\n# @name ${name}\n${toHttp(loginRequest(person), '{{origin}}')}${saved}`
}

interface InFile {
  /** Of the step's name and of what it saves. */
  prefix: string
  /** What the lesson's steps save, as this file names it. */
  variables: Variables
  /** Those of them that hold a part of a text. */
  parts: string[]
  dialect: HttpDialect
}

function stepBlock(lesson: string, step: Step, { prefix, variables, parts, dialect }: InFile): string {
  const name = prefix + step.id.replaceAll('-', '_')
  const reset = step.fresh ? `${RESET}\n` : ''
  const many = step.burst ? `# Viva sends ${step.burst} of these at once.\n` : ''
  const saves = savedOutside(step).map(([key, source]): SavedValue => [prefix + key, source])
  const title = `${reset}### ${lesson}: ${step.title}\n`
  const names = Object.values(variables).map((written) => String(written).slice(2, -2))
  try {
    const unfilled = unfilledRequest(step, variables)
    if (dialect === 'rest-client') refuseParts(unfilled, parts)
    const request = toHttp(unfilled, '{{origin}}', new Set([...names, tokenOf(step.as)]))
    return `${title}# @name ${name}\n${many}${request}${savedLines(name, saves, dialect)}`
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error
    return `${title}# Left out. ${error.message.replaceAll(/\s+/g, ' ')}\n`
  }
}

/** REST Client finds values by JSONPath, which can't take a text apart. */
function refuseParts(request: PlainRequest, parts: readonly string[]): void {
  const used = variablesIn([request.path, request.headers, request.body])
  const part = used.find((name) => parts.includes(name))
  if (part !== undefined)
    throw new CannotWrite(`REST Client can't save a part of a text, which is what {{${part}}} holds.`)
}

function savedLines(name: string, saved: readonly SavedValue[], dialect: HttpDialect): string {
  const written = dialect === 'rest-client' ? saved.filter(([, { matches }]) => matches === undefined) : saved
  if (written.length === 0) return ''
  if (dialect === 'rest-client') {
    // A separator of its own: without one, the line would belong to the body above it.
    const lines = written.map(
      ([variable, { path }]) => `@${variable} = {{${name}.response.body.$.${bracketed(path)}}}\n`,
    )
    return `\n###\n${lines.join('')}`
  }
  const lines = written.map(
    ([variable, { path, matches }]) =>
      `  client.global.set(${JSON.stringify(variable)}, response.body.${bracketed(path)}${
        matches === undefined ? '' : `.match(new RegExp(${JSON.stringify(matches)}, "u"))[0]`
      });\n`,
  )
  return `\n> {%\n${lines.join('')}%}\n`
}

/** `detail.0.type` as JSONPath and JavaScript write it: `detail[0].type`. */
function bracketed(path: string): string {
  return path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
}
