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
 * All steps as one `.http` file for httpYac and the REST Client of VS Code: logins first, saved values as variables.
 * @param people whose logins are written out; their passwords are public
 */
export function stepsToHttp(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
  origin: string,
): string {
  const logins = peopleIn(lessons, people).map(({ key, person }) => {
    const body = new URLSearchParams({ username: person.email, password: person.password }).toString()
    return `### Log in: ${person.name}\n# @name login_${key}\n${toHttp(
      {
        method: 'POST',
        path: '/login',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body,
      },
      '{{origin}}',
    )}`
  })
  const steps = lessons.flatMap(({ title, steps }) => steps.map((step) => block(title, step)))
  return [`@origin = ${origin}\n`, ...logins, ...steps].join('\n')
}

function block(lesson: string, step: Step): string {
  const name = step.id.replaceAll('-', '_')
  const saved = Object.entries(step.save).map(
    ([variable, path]) => `@${variable} = {{${name}.response.body.$.${bracketed(path)}}}\n`,
  )
  const token = step.as === 'nobody' ? null : `{{login_${step.as}.response.body.$.access_token}}`
  const fresh = step.fresh ? `### Reset the sandbox\nPOST {{origin}}/api/sandbox/reset\n\n` : ''
  const many = step.burst ? `# Viva sends this ${step.burst} times at once.\n` : ''
  const head = `### ${lesson}: ${step.title}\n# @name ${name}\n${many}`
  return `${fresh}${head}${toHttp(requestOf(step, {}, token), '{{origin}}')}${saved.length ? `\n${saved.join('')}` : ''}`
}

/** `detail.0.type` as JSONPath writes it: `detail[0].type`. */
function bracketed(path: string): string {
  return path.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
}
