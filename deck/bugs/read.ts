import { join } from 'node:path'
import {
  BurstExpectation,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  StoreExpectation,
  TraceExpectation,
} from '#contract/claim.ts'
import { Bug, BugsFile, Edit, NearMiss } from '#contract/bug.ts'
import { Step } from '#contract/lesson.ts'
import { SaveSource } from '#contract/save.ts'
import type { Fault } from '../fault.ts'
import { fileName } from '../file-name.ts'
import { readAuthorsText } from '../read-text.ts'
import { readYaml } from '../yaml.ts'

/** The bugs of a lesson's folder, and the lines of `bugs.yaml`, to report faults at. */
export interface ReadBugs {
  file: string
  content: BugsFile
  /** Line in bugs.yaml of a path in it. */
  lineOf: (path: readonly PropertyKey[]) => number
}

/** Every key that an author may write, to suggest the nearest for an unknown one. */
const KEY_NAMES: readonly string[] = [
  ...[BugsFile, Bug, Edit, NearMiss, Step, SaveSource, Claim],
  ...[Expectation, HeaderExpectation, JsonExpectation, TraceExpectation, StoreExpectation, BurstExpectation],
].flatMap((schema) => Object.keys(schema.shape))

/**
 * Reads `bugs.yaml` of a lesson's folder. Without it there is nothing to fix.
 * @param root the project's folder; faults name files relative to it
 * @param faults every fault is added here
 * @returns null when there was a fault
 */
export async function readBugs(root: string, folder: string, faults: Fault[]): Promise<ReadBugs | null> {
  const path = join(folder, 'bugs.yaml')
  const file = fileName(root, path)
  const before = faults.length
  const text = await readAuthorsText(root, path, faults)
  if (faults.length > before) return null
  if (text === null) return { file, content: { bugs: [] }, lineOf: () => 1 }
  const yaml = readYaml({ file, text, offset: 0 }, BugsFile, KEY_NAMES, faults)
  return yaml === null ? null : { file, content: yaml.value, lineOf: yaml.lineOf }
}
