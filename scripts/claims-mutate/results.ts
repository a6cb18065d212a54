import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'

const FILE = resolve(import.meta.dirname, '../../deck/mutation/red-claims.generated.json')

/** By fault, the claims that it turned red. */
export const Results = z.record(z.string(), z.array(z.string()))
export type Results = z.infer<typeof Results>

/** A fault that breaks more of the deck than this says little about any one claim. */
const WIDE_SHARE = 0.25

/** @returns what the last run with `--save` found; nothing when there was none */
export async function readResults(): Promise<Results> {
  const text = await readFile(FILE, 'utf8').catch(() => '{}')
  return Results.parse(JSON.parse(text))
}

/** One fault a line, so that a diff shows what changed. */
export async function writeResults(results: Results): Promise<void> {
  const lines = Object.entries(results).map(([id, red]) => `  ${JSON.stringify(id)}: ${JSON.stringify(red)}`)
  await writeFile(FILE, `{\n${lines.join(',\n')}\n}\n`)
}

/**
 * Earlier results with newer ones in their place, without faults and claims that no longer exist.
 * @param lessons slugs of the lessons that were run anew
 */
export function merged(
  before: Results,
  after: Results,
  {
    faults,
    claims,
    lessons,
  }: { faults: readonly string[]; claims: readonly string[]; lessons: readonly string[] },
): Results {
  const wasRun = (claim: string) => lessons.some((slug) => claim.startsWith(`${slug.slice(0, 2)}/`))
  const known = faults.filter((fault) => fault in before || fault in after)
  return Object.fromEntries(
    known.map((fault) => {
      const older = (before[fault] ?? []).filter((claim) => !(fault in after) || !wasRun(claim))
      const red = new Set([...older, ...(after[fault] ?? [])])
      return [fault, claims.filter((claim) => red.has(claim))]
    }),
  )
}

/** Faults that turn this claim red, those that break the least of the deck first. */
export function faultsOf(claim: string, results: Results): string[] {
  return Object.entries(results)
    .filter(([, red]) => red.includes(claim))
    .sort(([, a], [, b]) => a.length - b.length)
    .map(([fault]) => fault)
}

/** What is missing on either side. */
export interface Gaps {
  /** Faults that no claim notices. */
  withoutEffect: string[]
  /** Claims that hold under every fault, or fall only with a great part of the deck. */
  greenUnderAll: string[]
}

export function gapsOf(results: Results, claims: readonly string[]): Gaps {
  const isWide = (fault: string) => (results[fault]?.length ?? 0) > claims.length * WIDE_SHARE
  return {
    withoutEffect: Object.keys(results).filter((fault) => results[fault]?.length === 0),
    greenUnderAll: claims.filter((claim) => faultsOf(claim, results).every(isWide)),
  }
}
