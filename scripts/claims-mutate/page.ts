import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { CodeFault } from './code-fault.ts'
import { faultsOf, gapsOf, type Results } from './results.ts'

const FILE = resolve(import.meta.dirname, '../../docs/claims-under-faults.md')

/** Claims that a row names; of a fault that breaks more, the rest are counted. */
const NAMED = 6

const HEAD = `# Every claim can be wrong

A claim that would hold on any server shows nothing. So \`npm run claims:mutate\` puts one fault after another into a copy of
the twin's source, as it is loaded, and runs every lesson against it. Each fault must turn a claim red, and each claim must
turn red under a fault that leaves at least three quarters of the deck green. The faults are in \`deck/mutation/faults/\`.
This page is written by \`npm run claims:mutate -- --save\`, and never by hand.
`

/** @param faults in the order of their files @param claims in the order of the deck */
export function pageOf(faults: readonly CodeFault[], claims: readonly string[], results: Results): string {
  const faultRows = faults.map(({ id, fault, file }) => {
    const red = results[id] ?? []
    return [
      `\`${id}\``,
      `${fault} (\`${file.replace('server/', '')}\`)`,
      String(red.length),
      namesOf(red, results),
    ]
  })
  const claimRows = claims.map((claim) => {
    const [narrowest, ...others] = faultsOf(claim, results)
    return [
      `\`${claim}\``,
      String(others.length + (narrowest ? 1 : 0)),
      narrowest ? `\`${narrowest}\`` : 'none',
    ]
  })
  return [
    HEAD,
    `${faults.length} faults, ${claims.length} claims.\n`,
    `## What each fault turns red\n\n${tableOf(['Fault', 'What is wrong', 'Red', 'Claims'], faultRows)}\n`,
    '## What turns each claim red\n',
    'With the fault that turns the fewest other claims red.\n',
    `${tableOf(['Claim', 'Faults', 'The narrowest'], claimRows)}\n`,
    `## What is missing\n\n${missingOf(claims, results)}\n`,
  ].join('\n')
}

/** Every fault that no claim notices, and every claim that no fault turns red; a sentence when there is none. */
export function missingOf(claims: readonly string[], results: Results): string {
  const { withoutEffect, greenUnderAll } = gapsOf(results, claims)
  const lines = [
    ...withoutEffect.map((fault) => `- No claim notices \`${fault}\`.`),
    ...greenUnderAll.map((claim) => {
      const wide = faultsOf(claim, results).length > 0
      return `- No ${wide ? 'narrow ' : ''}fault turns \`${claim}\` red.`
    }),
  ]
  return lines.length > 0 ? lines.join('\n') : 'Nothing.'
}

/** Writes docs/claims-under-faults.md. */
export async function savePage(text: string): Promise<void> {
  await writeFile(FILE, await formatted(text))
}

/** The text as Prettier leaves it. */
export async function formatted(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(FILE)), filepath: FILE })
}

export function readPage(): Promise<string> {
  return readFile(FILE, 'utf8')
}

/** The claims that the fewest other faults turn red come first: they say most about this one. */
function namesOf(red: readonly string[], results: Results): string {
  const rarest = [...red].sort((a, b) => faultsOf(a, results).length - faultsOf(b, results).length)
  const named = red.filter((claim) => rarest.slice(0, NAMED).includes(claim)).map((claim) => `\`${claim}\``)
  const rest = red.length - named.length
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
