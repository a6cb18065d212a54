import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { ContentError, type Fault } from '../../deck/fault.ts'
import { readYaml } from '../../deck/yaml.ts'

const root = resolve(import.meta.dirname, '../..')
const FOLDER = join(root, 'deck/mutation/faults')

/** One deliberate fault in the server's source. */
export const CodeFault = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
  /** What is wrong with a server that has it, in one sentence. */
  fault: z.string().min(10),
  file: z.string().regex(/^server\/.+\.ts$/, 'must be a TypeScript file of server/'),
  /** Code that stands in the file exactly once. Any space or line break matches any other. */
  find: z.string().min(3),
  replace: z.string(),
})
export type CodeFault = z.infer<typeof CodeFault>

const FaultsFile = z.array(CodeFault).min(1)

/**
 * Reads every fault of `deck/mutation/faults/`, in the order of files and lines.
 * @throws ContentError when a file isn't as it should be, an id is used twice, or a patch doesn't apply exactly once
 */
export async function readCodeFaults(): Promise<CodeFault[]> {
  const problems: Fault[] = []
  const all: CodeFault[] = []
  for (const name of (await readdir(FOLDER)).sort()) {
    const file = relative(root, join(FOLDER, name))
    const text = await readFile(join(FOLDER, name), 'utf8')
    const read = readYaml({ file, text, offset: 0 }, FaultsFile, Object.keys(CodeFault.shape), problems)
    for (const [index, each] of (read?.value ?? []).entries()) {
      const report = (key: string, cause: string) =>
        problems.push({ file, line: read?.lineOf([index, key]) ?? 1, cause })
      if (all.some(({ id }) => id === each.id)) report('id', `the id ${each.id} is used twice`)
      try {
        withFault(await readFile(join(root, each.file), 'utf8'), each)
      } catch (error) {
        report('find', (error as Error).message)
      }
      all.push(each)
    }
  }
  if (problems.length > 0) throw new ContentError(problems)
  return all
}

/**
 * The source with the fault in it.
 * @throws Error unless `find` stands in it exactly once
 */
export function withFault(source: string, { id, file, find, replace }: Omit<CodeFault, 'fault'>): string {
  const words = find.trim().split(/\s+/)
  const literal = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const pattern = new RegExp(literal.join('\\s+'), 'g')
  const count = [...source.matchAll(pattern)].length
  if (count === 1) return source.replace(pattern, () => replace.trim())
  throw new Error(
    `${id}: its \`find\` must stand in ${file} exactly once, but stands there ${count} times; adapt it to the code of today`,
  )
}
