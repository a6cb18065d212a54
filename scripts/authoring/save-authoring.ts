import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { jsonSchemas } from './json-schemas.ts'
import { authoringLists } from './lists.ts'

const SCHEMA_FOLDER = 'deck/schemas'
const GUIDE = 'docs/authoring.md'

/** What an author's tools and docs/authoring.md should have now: each file with its text, by its path from `root`. */
export async function authoringFiles(root: string): Promise<Map<string, string>> {
  const schemas = await jsonSchemas(root)
  const lists = await authoringLists(root, schemas)
  const files = new Map([...schemas].map(([name, text]) => [join(SCHEMA_FOLDER, name), text]))
  files.set(GUIDE, withLists(await readFile(join(root, GUIDE), 'utf8'), lists))
  const formatted = [...files].map(async ([file, text]) => {
    const filepath = join(root, file)
    return [file, await format(text, { ...(await resolveConfig(filepath)), filepath })] as const
  })
  return new Map(await Promise.all(formatted))
}

/** Writes them. */
export async function saveAuthoring(root: string): Promise<void> {
  await mkdir(join(root, SCHEMA_FOLDER), { recursive: true })
  for (const [file, text] of await authoringFiles(root)) await writeFile(join(root, file), text)
}

/**
 * The page with what stands between `<!-- list: name -->` and `<!-- end -->` replaced.
 * @throws Error for a list that the page doesn't have, and for a marker without a list
 */
export function withLists(page: string, lists: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(lists))
  const text = page.replaceAll(/<!-- list: (\w+) -->[^]*?<!-- end -->/g, (_all, name: string) => {
    const list = lists[name]
    if (list === undefined) throw new Error(`${GUIDE}: there is no list "${name}"`)
    left.delete(name)
    return `<!-- list: ${name} -->\n\n${list}\n\n<!-- end -->`
  })
  if (left.size > 0) throw new Error(`${GUIDE} has no place for the lists ${[...left].join(', ')}`)
  return text
}
