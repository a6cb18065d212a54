import type { Step } from '../../contract/lesson.ts'
import { requestOf, type PlainRequest } from '../../contract/request.ts'
import type { Person } from '../../contract/sandbox.ts'
import { peopleIn, type StepsOfLesson } from './people.ts'

/**
 * A request as a block of an `.http` file.
 * @param origin scheme and host that it goes to, or a variable of the file
 */
export function toHttp({ method, path, headers, body }: PlainRequest, origin: string): string {
  const lines = [`${method} ${origin}${path}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  return body === null ? `${lines.join('\n')}\n` : `${lines.join('\n')}\n\n${body}\n`
}

/**
 * How an `.http` file passes on what an answer held: a request variable of the REST Client, which Visual Studio reads too, or a
 * script after the request, as in JetBrains IDEs and httpYac. Neither is read by the tools of the other.
 * Sources: https://github.com/Huachao/vscode-restclient#request-variables,
 * https://www.jetbrains.com/help/idea/http-response-handling-api-reference.html
 */
export type HttpDialect = 'rest-client' | 'jetbrains'

/**
 * All steps as one `.http` file: logins first, saved values as variables.
 * @param people whose logins are written out; their passwords are public
 */
export function stepsToHttp(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
  origin: string,
  dialect: HttpDialect,
): string {
  const logins = peopleIn(lessons, people).map((login) => loginBlock(login, dialect))
  // Names hold in the whole file: two lessons may each have a step `log-in` and save a `token`.
  const steps = lessons.flatMap(({ title, steps }, at) =>
    steps.map((step) => stepBlock(title, step, lessons.length > 1 ? `q${at + 1}_` : '', dialect)),
  )
  return [`@origin = ${origin}\n`, ...logins, ...steps].join('\n')
}

type Login = ReturnType<typeof peopleIn>[number]

function loginBlock({ key, person }: Login, dialect: HttpDialect): string {
  const body = new URLSearchParams({ username: person.email, password: person.password }).toString()
  const headers: PlainRequest['headers'] = [['Content-Type', 'application/x-www-form-urlencoded']]
  const request = toHttp({ method: 'POST', path: '/login', headers, body }, '{{origin}}')
  const name = `login_${key}`
  const saved = savedLines(name, { [tokenOf(key)]: 'access_token' }, dialect)
  return `### Log in: ${person.name}\n# @name ${name}\n${request}${saved}`
}

/** @param prefix of the step's name and of what it saves */
function stepBlock(lesson: string, step: Step, prefix: string, dialect: HttpDialect): string {
  const name = prefix + step.id.replaceAll('-', '_')
  const token = step.as === 'nobody' ? null : `{{${tokenOf(step.as)}}}`
  const reset = step.fresh ? `### Reset the sandbox\nPOST {{origin}}/api/sandbox/reset\n\n` : ''
  const many = step.burst ? `# Viva sends this ${step.burst} times at once.\n` : ''
  const request = requestOf(step, {}, token)
  const named = {
    ...request,
    path: prefixed(request.path, prefix),
    headers: request.headers.map(([header, value]): [string, string] =>
      header === 'Authorization' && token !== null ? [header, value] : [header, prefixed(value, prefix)],
    ),
    body: request.body === null ? null : prefixed(request.body, prefix),
  }
  const saves = Object.fromEntries(Object.entries(step.save).map(([key, path]) => [prefix + key, path]))
  const saved = savedLines(name, saves, dialect)
  return `${reset}### ${lesson}: ${step.title}\n# @name ${name}\n${many}${toHttp(named, '{{origin}}')}${saved}`
}

function tokenOf(person: string): string {
  return `token_${person}`
}

function prefixed(text: string, prefix: string): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => `{{${prefix}${name}}}`)
}

function savedLines(name: string, saved: Record<string, string>, dialect: HttpDialect): string {
  const all = Object.entries(saved)
  if (all.length === 0) return ''
  if (dialect === 'rest-client') {
    // A separator of its own: without one, the line would belong to the body above it.
    const lines = all.map(
      ([variable, path]) => `@${variable} = {{${name}.response.body.$.${bracketed(path)}}}\n`,
    )
    return `\n###\n${lines.join('')}`
  }
  const lines = all.map(
    ([variable, path]) =>
      `  client.global.set(${JSON.stringify(variable)}, response.body.${bracketed(path)});\n`,
  )
  return `\n> {%\n${lines.join('')}%}\n`
}

/** `detail.0.type` as JSONPath and JavaScript write it: `detail[0].type`. */
function bracketed(path: string): string {
  return path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
}
