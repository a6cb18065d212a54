import { z } from 'zod'
import { Matcher } from '#contract/claim.ts'
import { Sandbox, StoreView } from '#contract/sandbox.ts'
import { FRAMEWORK_STEPS } from '#contract/step-names.ts'
import { readRegions } from '../../deck/regions.ts'
import { knownNames } from '../../deck/references.ts'
import { CODE_LANGUAGES } from '../../deck/render/highlight.ts'
import { serveViva } from '../../server/testing/serve-viva.ts'
import { descriptionOf, readDescriptions } from './described.ts'
import { limitsIn } from './limits.ts'

type Row = readonly string[]

/** The lists of docs/authoring.md in Markdown, by the name in their markers. */
export async function authoringLists(
  root: string,
  schemas: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const { people, tables, routes } = await freshSandbox()
  return {
    rules: await ruleTable(root),
    limits: limitTable(schemas),
    names: await nameTable(root),
    framework: table(
      ['Step', 'What it is'],
      Object.entries(FRAMEWORK_STEPS).map(([step, sentence]) => [code(step), sentence]),
    ),
    routes: table(['Request', 'What it does', 'Who'], routes),
    people: table(
      ['`as`', 'Id', 'Name', 'Email', 'Password'],
      people.map(({ id, name, email, password }) => [
        code(email.split('@')[0] ?? ''),
        String(id),
        name,
        code(email),
        code(password),
      ]),
    ),
    tables: table(
      ['Table', 'Columns'],
      Object.entries(tables).map(([name, { columns }]) => [code(name), columns.map(code).join(', ')]),
    ),
    languages: `${CODE_LANGUAGES.map(code).join(', ')}. Other blocks of code are shown without colours.`,
  }
}

const OpenApi = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ summary: z.string(), security: z.array(z.unknown()).optional() })),
  ),
})

function routeRows(paths: z.infer<typeof OpenApi>['paths']): Row[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary, security }]): Row => [
      code(`${method.toUpperCase()} ${path}`),
      summary,
      security === undefined ? 'anyone' : 'with a token (`as`)',
    ]),
  )
}

const FILE_OF: Record<string, string> = {
  'front-matter.json': 'lesson.md',
  'steps.json': 'steps.yaml',
  'practice.json': 'practice.yaml',
  'bugs.json': 'bugs.yaml',
  'deck.json': 'deck.yaml',
}

function limitTable(schemas: ReadonlyMap<string, string>): string {
  const rows = new Map<string, Row>()
  for (const [name, text] of schemas) {
    for (const [key, limit] of limitsIn(text)) {
      const plainKey = key.replace(/^(frontMatter|deckFile)\./, '')
      // Files share parts, such as a request, but not the keys at their top.
      const once = plainKey === key ? key : `${name} ${key}`
      if (!rows.has(once)) rows.set(once, [FILE_OF[name] ?? name, code(plainKey), limit])
    }
  }
  return table(['In', 'Key', 'Limit'], [...rows.values()])
}

async function freshSandbox(): Promise<
  Pick<Sandbox, 'people'> & Pick<StoreView, 'tables'> & { routes: Row[] }
> {
  const viva = await serveViva()
  try {
    const sandbox = Sandbox.parse(await (await fetch(`${viva.origin}/api/sandbox`)).json())
    const headers = { 'X-Sandbox': sandbox.id }
    const store = await fetch(`${viva.origin}/api/sandbox/store`, { headers })
    const { paths } = OpenApi.parse(await (await fetch(`${viva.origin}/openapi.json`)).json())
    const { tables } = StoreView.parse(await store.json())
    return { people: sandbox.people, tables, routes: routeRows(paths) }
  } finally {
    await viva.close()
  }
}

async function ruleTable(root: string): Promise<string> {
  const descriptions = await readDescriptions(root, ['contract/claim.ts'])
  const rows = Object.keys(Matcher.shape).map((rule) => [
    code(rule),
    descriptionOf(descriptions, 'Matcher', rule) ?? '',
  ])
  return table(['Rule', 'What it looks at'], rows)
}

/** Regions that both twins have, by the file of the original. */
async function nameTable(root: string): Promise<string> {
  const regions = await readRegions(root)
  const byFile = new Map<string, string[]>()
  for (const name of knownNames(regions, []).regions) {
    const file = regions.python.get(name)?.file.replace('original/project/', '') ?? ''
    byFile.set(file, [...(byFile.get(file) ?? []), code(name)])
  }
  return table(
    ['File', 'Regions'],
    [...byFile].map(([file, names]) => [code(file), names.join(', ')]),
  )
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}
