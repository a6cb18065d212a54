import type { Step } from '#contract/lesson.ts'
import type { PlainRequest } from '#contract/request.ts'
import type { Person } from '#contract/sandbox.ts'
import type { SaveSource } from '#contract/save.ts'
import {
  loginRequest,
  peopleIn,
  savedOutside,
  tokenOf,
  unfilledRequest,
  type StepsOfLesson,
} from './people.ts'

interface PostmanItem {
  name: string
  event?: { listen: 'test'; script: { type: 'text/javascript'; exec: string[] } }[]
  request?: object
  item?: PostmanItem[]
}

/** A Postman collection of format 2.1. */
export interface PostmanCollection {
  info: { name: string; schema: string }
  item: PostmanItem[]
  variable: { key: string; value: string }[]
}

/**
 * All steps as a Postman collection: a folder a lesson, before them a reset and the logins, so that it can run again. What steps save becomes a collection variable, and the status that a claim
 * names a test, unless it is that of a redirect. Source: https://schema.getpostman.com/json/collection/v2.1.0/collection.json
 */
export function stepsToPostman(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
  origin: string,
): PostmanCollection {
  const logins = peopleIn(lessons, people).map(({ key, person }) => loginItem(key, person))
  return {
    info: { name: 'Viva', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      { name: 'Reset and log in', item: [RESET, ...logins] },
      ...lessons.map(({ title, steps }) => ({ name: title, item: steps.flatMap(stepItems) })),
    ],
    variable: [{ key: 'origin', value: origin }],
  }
}

const RESET: PostmanItem = {
  name: 'Reset the sandbox',
  request: requestItem({ method: 'POST', path: '/api/sandbox/reset', headers: [], body: null }),
}

function loginItem(key: string, person: Person): PostmanItem {
  return {
    name: person.name,
    event: testEvent([saveLine(tokenOf(key), { path: 'access_token' })]),
    request: requestItem(loginRequest(person)),
  }
}

function stepItems(step: Step): PostmanItem[] {
  const lines = [
    ...savedOutside(step).map(([variable, source]) => saveLine(variable, source)),
    ...step.claims.flatMap(({ shows, expect }) =>
      expect.status === undefined || isRedirect(expect.status)
        ? []
        : [`pm.test(${JSON.stringify(shows)}, () => pm.response.to.have.status(${expect.status}))`],
    ),
  ]
  return [
    ...(step.fresh ? [RESET] : []),
    {
      name: step.title,
      ...(lines.length ? { event: testEvent(lines) } : {}),
      request: requestItem(unfilledRequest(step)),
    },
  ]
}

/** Postman follows redirects and shows the final response. */
function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

function requestItem({ method, path, headers, body }: PlainRequest): object {
  const [pathname = '', query] = path.split('?', 2)
  return {
    method,
    header: headers.map(([key, value]) => ({ key, value })),
    url: {
      raw: `{{origin}}${path}`,
      host: ['{{origin}}'],
      path: pathname.slice(1).split('/'),
      ...(query === undefined ? {} : { query: queryOf(query) }),
    },
    ...(body === null ? {} : { body: { mode: 'raw', raw: body } }),
  }
}

function queryOf(query: string): { key: string; value: string | null }[] {
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? { key: pair, value: null } : { key: pair.slice(0, at), value: pair.slice(at + 1) }
  })
}

function saveLine(variable: string, { path, matches }: SaveSource): string {
  const steps = path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? `?.[${part}]` : `?.[${JSON.stringify(part)}]`))
  const part = matches === undefined ? '' : `?.match(new RegExp(${JSON.stringify(matches)}, "u"))?.[0]`
  return `pm.collectionVariables.set(${JSON.stringify(variable)}, pm.response.json()${steps.join('')}${part})`
}

function testEvent(exec: string[]): PostmanItem['event'] {
  return [{ listen: 'test', script: { type: 'text/javascript', exec } }]
}
