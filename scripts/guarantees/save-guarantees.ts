import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, release, totalmem, type } from 'node:os'
import { resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { GuaranteeRow } from '../../e2e/support/guarantee-row.ts'
import { tableOf } from './table.ts'

const FILE = resolve(import.meta.dirname, '../../docs/guarantees.md')

const TITLES: Record<string, string> = {
  faults: 'Nothing is lost',
  attacks: 'No one gets in where they do not belong',
}

const HEAD = `# What Viva guarantees, and whether it holds

Each row is a test in \`e2e/faults\` or \`e2e/attacks\`, in its long form. \`npm test\` runs short forms of the same tests. These tables are
written by \`npm run guarantees -- --save\`, and never by hand.
`

/**
 * Writes the area's part of docs/guarantees.md, and leaves the other area's part as it is.
 * @param minutes that the whole area took; null when only some of it ran, and the former figure stays
 */
export async function saveGuarantees(
  area: string,
  rows: readonly GuaranteeRow[],
  minutes: number | null,
): Promise<void> {
  const before = await readFile(FILE, 'utf8').catch(() => '')
  const former = new RegExp(`npm run ${area}\`, (\\d+) minutes`).exec(before)?.[1]
  const text = withPart(before, area, rows, minutes ?? Number(former ?? 0))
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }))
}

/** The page with this area's part replaced; parts stand in the order of their titles above. */
export function withPart(page: string, area: string, rows: readonly GuaranteeRow[], minutes: number): string {
  const parts = Object.entries(TITLES).flatMap(([name, title]) => {
    if (name === area) return [partOf(area, title, rows, minutes)]
    return partIn(page, title)
  })
  return [HEAD, ...parts].join('\n')
}

function partOf(area: string, title: string, rows: readonly GuaranteeRow[], minutes: number): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  const machine = `${availableParallelism()} cores, ${gigabytes} GB, ${type()} ${release()}, Node ${process.versions.node}`
  const when = new Date().toISOString().slice(0, 10)
  return `## ${title}\n\n${when}, ${machine}: \`npm run ${area}\`, ${minutes} minutes.\n\n${tableOf(rows)}\n`
}

function partIn(page: string, title: string): string[] {
  const [, after] = page.split(`## ${title}\n`)
  return after === undefined ? [] : [`## ${title}\n${after.split('\n## ')[0]?.trimEnd()}\n`]
}
