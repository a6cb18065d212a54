import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Each part of the house, and the parts whose modules it may import; the longest prefix names the part of a file. */
const mayImport: Record<string, string[]> = {
  contract: [],
  deck: ['contract'],
  original: ['contract', 'deck', 'scripts/deck-folders.mjs', 'original/scenarios', 'server'],
  'original/tab': ['contract', 'scripts/original-name.mjs', 'scripts/processes.mjs'],
  'original/tab/testing': ['contract', 'original/tab/engine.ts', 'server'],
  'original/scenarios': ['contract', 'original/replay/recording.ts'],
  'server/storage': ['contract', 'scripts/processes.mjs'],
  'server/storage/testing': ['contract', 'scripts/leave-out.mjs', 'server/storage'],
  'server/trace': ['contract', 'server/storage'],
  'server/workers': ['contract'],
  'server/config': ['server/limits', 'server/pools/passwords.ts', 'server/storage/errors.ts'],
  'server/http': ['contract/interview/identity.ts', 'contract/original-tab', 'scripts/processes.mjs'],
  'server/limits': ['server/http/send-error.ts', 'server/http/plain-answer.ts'],
  'server/pools': ['contract', 'server/trace', 'server/workers'],
  'server/fastapi': ['contract', 'server/trace'],
  'server/sqlalchemy': ['contract', 'server/fastapi/python-exception.ts', 'server/storage', 'server/trace'],
  'server/project': [
    'contract',
    'server/fastapi',
    'server/limits',
    'server/pools',
    'server/sqlalchemy',
    'server/storage',
    'server/trace',
  ],
  'server/sandbox': [
    'contract',
    'server/http/send-error.ts',
    'server/limits',
    'server/pools/fair-queue.ts',
    'server/sqlalchemy/exc.ts',
    'server/storage',
    'server/trace',
  ],
  'server/api': [
    'contract',
    'server/http',
    'server/limits',
    'server/pools',
    'server/sandbox',
    'server/storage',
    'server/trace',
  ],
  'server/interview/rules': ['contract'],
  'server/interview': [
    'contract',
    'server/fastapi/json',
    'server/fastapi/validation',
    'server/http',
    'server/interview/rules',
    'server/limits',
    'server/sandbox',
    'server/storage',
    'server/trace',
  ],
  'server/study': ['contract', 'server/http', 'server/limits', 'server/storage'],
  'server/commands': [
    'contract',
    'server/config',
    'server/interview',
    'server/project/seed.ts',
    'server/storage',
    'server/study/copy-state.ts',
  ],
  server: ['server', 'contract'],
  'web/api': ['contract'],
  'web/browser': [],
  'web/ui': ['web/browser'],
  'web/stores': ['contract', 'web/api'],
  'web/layout': ['web/stores', 'web/browser', 'web/ui'],
  'web/code': ['contract', 'web/api', 'web/stores', 'web/browser', 'web/ui'],
  'web/playground': [
    'contract',
    'web/api',
    'web/code',
    'web/original/ask',
    'web/stores',
    'web/browser',
    'web/ui',
  ],
  'web/original/testing': ['contract', 'original/tab', 'web/original'],
  'web/original': [
    'contract',
    'original/project',
    'original/recording/versions.json',
    'web/api',
    'web/code',
    'web/original',
    'web/playground',
    'web/stores',
    'web/browser',
    'web/ui',
  ],
  'web/lesson': [
    'contract',
    'web/code',
    'web/playground',
    'web/stores',
    'web/study/log/record.ts',
    'web/browser',
    'web/ui',
  ],
  'web/offline': [],
  'web/home': [
    'contract',
    'web/offline/InstallViva.vue',
    'web/playground/run',
    'web/stores',
    'web/study/StudyToday.vue',
    'web/browser',
    'web/ui',
  ],
  'web/study': [
    'contract',
    'web/api',
    'web/code',
    'web/offline/InstallViva.vue',
    'web/original',
    'web/playground',
    'web/stores',
    'web/browser',
    'web/ui',
  ],
  'web/search': ['contract', 'web/api', 'web/playground/run', 'web/stores', 'web/browser', 'web/ui'],
  'web/interview': [
    'contract',
    'web/api',
    'web/code',
    'web/home/LessonFilter.vue',
    'web/layout',
    'web/original',
    'web/playground',
    'web/stores',
    'web/browser',
    'web/ui',
  ],
  'web/original/engine': [
    'contract',
    'original/facts/in_process.py',
    'original/tab/engine.ts',
    'web/api',
    'web/original/project-files.ts',
  ],
  web: ['contract', 'web'],
  vite: ['contract', 'deck', 'scripts/deck-folders.mjs'],
}

/** Packages that a part may use where not every package is allowed. */
const packages: Record<string, RegExp> = {
  contract: /^zod$/,
  'server/interview/rules': /^(yjs|zod)$/,
  web: /^(vue|bcryptjs|pyodide|vue\/server-renderer|vue-router|pinia|zod|minisearch|codemirror|yjs|uqr|ts-fsrs|eventsource-parser(\/stream)?|virtual:.*|@vueuse\/core|@(codemirror|lezer)\/.*)$/,
}

const root = import.meta.dirname
const parts = Object.keys(mayImport).sort((a, b) => b.length - a.length)
const files = ['contract', 'deck', 'original', 'server', 'web', 'vite'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/\.test\.ts$|\.d\.ts$/.test(file)),
)

/** Every source file but tests and declarations, tools and journeys' helpers included. */
const sources = ['bench', 'contract', 'deck', 'e2e', 'original', 'scripts', 'server', 'vite', 'web'].flatMap(
  (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|vue)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => !/\.(test|spec|generated)\.ts$|\.d\.m?ts$|\/node_modules\//.test(file)),
)

const MAX_LINES = 250
const MIN_LINES = 12

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(files.length)
  expect(files.length).toBeGreaterThan(40)
  expect(files).toContain('server/testing/serve-viva.ts')
  expect(importsOf('server/http/docs.ts')).toEqual(['koa', './security-headers.ts', 'koa2-swagger-ui'])
})

test('every part imports only what it may', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !isAllowed(file, name))
      .map((name) => `${file} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test('no circle of imports', () => {
  expect(circleAmong(files)).toBeUndefined()
})

test('the server and the contract import only what a production install has', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const missing = files
    .filter((file) => /^(server|contract)\//.test(file) && !file.includes('/testing/'))
    .flatMap((file) => importsOf(file).map((name) => ({ file, name })))
    .filter(({ name }) => !/^(\.|#|node:)/.test(name) && !(packageOf(name) in dependencies))
  expect(missing).toEqual([])
})

test('docs/dependencies.md gives a reason for every dependency, and lists nothing else', () => {
  const [server = '', browser = '', tools = ''] = readFileSync(
    join(root, 'docs/dependencies.md'),
    'utf8',
  ).split(/^## (?:In the browser|For building and testing)$/m)
  const listed = (text: string): string[] =>
    [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>
  expect(listed(server).sort()).toEqual(Object.keys(dependencies).sort())
  expect([...listed(browser), ...listed(tools)].sort()).toEqual(Object.keys(devDependencies).sort())
  const imported = files
    .filter((file) => file.startsWith('web/') && !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => importsOf(file))
    .filter((name) => !/^(\.|#|node:|virtual:)/.test(name))
    .map((name) => packageOf(name))
  const missing = imported.filter((name) => ![...listed(server), ...listed(browser)].includes(name))
  expect([...new Set(missing)]).toEqual([])
})

test('no file is too long to read in one go', () => {
  expect(sources.filter((file) => linesOf(file) > MAX_LINES)).toEqual([])
})

test('no file is a fragment: shorter code belongs beside what uses it', () => {
  const short = sources.filter((file) => linesOf(file) < MIN_LINES && !mayBeShort(file))
  expect(short).toEqual([])
})

test('modules are in kebab-case and components in PascalCase', () => {
  const wrong = files.filter((file) => {
    const name = file.split('/').at(-1) ?? ''
    const isComponent = name.endsWith('.vue') || /^web\/.*\/[A-Z]/.test(file)
    return !(isComponent ? /^[A-Z][A-Za-z]+\.(vue|ts)$/ : /^[a-z0-9]+(-[a-z0-9]+)*\.ts$/).test(name)
  })
  expect(wrong).toEqual([])
})

function linesOf(file: string): number {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length
}

/** Pages, components and what a process or a browser starts with; a type, a schema or an error of its own, or those of the contract that load together. */
function mayBeShort(file: string): boolean {
  if (/Page\.vue$|\/[A-Z]\w+\.ts$|\/main\.ts$|^(scripts|bench)\/[^/]+\.mjs$|^server\/workers\//.test(file))
    return true
  const statements = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .match(/^(?:export|const|function|class|interface|type)\b.*$/gm)
  return (statements ?? []).every((line) =>
    /^export (interface|type|\{[\w, ]+\} from) |^export class \w+ extends Error |^export const [A-Z]\w* = z\./.test(
      line,
    ),
  )
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

function partOf(path: string): string {
  return parts.find((part) => path === part || path.startsWith(`${part}/`)) ?? path
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|(?:^|\n)import '([^']+)'/g,
  )
  return [...found].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? [])
}

/** Where an import leads, from the root; undefined when it names a package. */
function pathOf(file: string, name: string): string | undefined {
  const path = name.split('?')[0] ?? ''
  if (path.startsWith('#')) return path.slice(1)
  return path.startsWith('.') ? relative(root, resolve(root, dirname(file), path)) : undefined
}

function isAllowed(file: string, name: string): boolean {
  const part = partOf(file)
  const target = pathOf(file, name)
  if (target === undefined && file.includes('/testing/')) return true
  if (target === undefined) return packages[part.startsWith('web/') ? 'web' : part]?.test(name) ?? true
  // For the version.
  if (target === 'package.json') return true
  if (partOf(target) === part) return true
  return (mayImport[part] ?? []).some((allowed) => target === allowed || target.startsWith(`${allowed}/`))
}

/** The first circle of imports that is found, file by file, or undefined. Imports of types count. */
function circleAmong(files: string[]): string[] | undefined {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file) || !files.includes(file)) return undefined
    for (const name of importsOf(file)) {
      const target = pathOf(file, name)
      const circle = target === undefined ? undefined : visit(target, [...path, file])
      if (circle !== undefined) return circle
    }
    done.add(file)
    return undefined
  }
  return files.map((file) => visit(file, [])).find((circle) => circle !== undefined)
}
