import type { ScenarioRequest } from '../../server/project/replay/recording.ts'
import type { Chance } from './chance.ts'
import { formText, jsonText, oddText, partsText, bent } from './invent-body.ts'
import { CONTENT_TYPES, INTEGERS } from './oddities.ts'

const WRITES = ['POST /users/', 'PUT /users/1', 'PATCH /users/1', 'PATCH /users/2', 'PUT /users/99']
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']
const CALLERS = ['Bearer {{ada}}', 'Bearer {{grace}}', 'bearer  {{ada}}', 'Bearer x', 'Basic x']
const ORIGINS = ['http://localhost:5173', 'https://evil.example.com', 'null', '']

/** A request of which nobody can say beforehand how it is answered. It may name the tokens `ada` and `grace`. */
export function invent(chance: Chance): ScenarioRequest {
  const headers: Record<string, string> = {}
  if (chance.oneIn(2)) headers.Authorization = chance.pick(CALLERS)
  if (chance.oneIn(8)) headers.Origin = chance.pick(ORIGINS)

  const kind = chance.pick(['json', 'json', 'json', 'json', 'form', 'parts', 'list', 'path', 'path', 'path'])
  if (kind === 'json') {
    headers['Content-Type'] = typeOr(chance, 'application/json')
    return asked(chance.pick(WRITES), headers, jsonText(chance))
  }
  if (kind === 'form') {
    headers['Content-Type'] = typeOr(chance, 'application/x-www-form-urlencoded')
    return asked('POST /login', headers, formText(chance))
  }
  if (kind === 'parts') {
    headers['Content-Type'] = typeOr(chance, 'multipart/form-data; boundary=b')
    return asked('POST /login', headers, partsText(chance))
  }
  if (kind === 'list') return asked(`GET /users/${query(chance, ['skip', 'limit', 'x'])}`, headers)
  if (chance.oneIn(4)) headers['Access-Control-Request-Method'] = chance.pick(['GET', 'TRACE', ''])
  return asked(`${chance.pick(METHODS)} ${path(chance)}${query(chance, ['ms', 'skip', 'limit'])}`, headers)
}

function asked(line: string, headers: Record<string, string>, text?: string): ScenarioRequest {
  const [method = '', path = ''] = line.split(' ')
  return { title: line, method, path, headers, ...(text !== undefined && { text }) }
}

function typeOr(chance: Chance, usual: string): string {
  return chance.oneIn(6) ? chance.pick(CONTENT_TYPES) : usual
}

function query(chance: Chance, names: string[]): string {
  if (chance.oneIn(5)) return ''
  const pairs = Array.from({ length: 1 + chance.int(3) }, () => {
    const value = chance.oneIn(4) ? oddText(chance, 4) : chance.pick(INTEGERS)
    return `${chance.pick(names)}=${chance.oneIn(3) ? onLine(value, () => '_') : encodeURIComponent(value)}`
  })
  return `?${pairs.join('&')}`
}

function path(chance: Chance): string {
  const id = encodeURIComponent(chance.pick(INTEGERS))
  const way = chance.pick(['async', 'threadpool', 'blocking', id])
  const odd = onLine(bent(chance, 'users/1'), encodeURIComponent)
  const paths = ['/users/', `/users/${id}`, `/users/${id}/`, '/users', '/users/me', '/login', '/items']
  return chance.pick([...paths, `/lab/wait/${way}`, `/${odd}`])
}

/** The text with what can't stand on a request's first line replaced. */
function onLine(text: string, replace: (character: string) => string): string {
  return text.replace(/[^!-~]|[#?]/gu, replace)
}
