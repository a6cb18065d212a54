import { join } from 'node:path'
import { z } from 'zod'
import {
  BurstExpectation,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  StoreExpectation,
  TraceExpectation,
} from '#contract/claim.ts'
import {
  Misconception,
  MistakeQuiz,
  OrderQuiz,
  PracticeFile,
  PracticeRequest,
  PredictQuiz,
  SpotQuiz,
  StillTrueQuiz,
  Task,
  Trap,
} from '#contract/practice.ts'
import { Misprediction } from '#contract/predict/misprediction.ts'
import { SaveSource } from '#contract/save.ts'
import { readFacts, type ReadFact } from '../facts.ts'
import type { Fault } from '../fault.ts'
import { fileName } from '../file-name.ts'
import { readAuthorsText } from '../read-text.ts'
import { readYaml } from '../yaml.ts'

/** What makes keys that only a run can find. */
export const SAVE_KEYS = 'npm run practice -- --save'

/** `practice.keys.json`: by the quiz's id, the key that a run found, and a digest of what it was found for. */
const StoredKeys = z.record(z.string(), z.strictObject({ digest: z.string(), key: z.array(z.int().min(0)) }))
export type StoredKeys = z.infer<typeof StoredKeys>

/** What a lesson's folder has to practise with, and the lines of `practice.yaml`, to report faults at. */
export interface ReadPractice {
  file: string
  content: PracticeFile
  /** `practice/*.py`. */
  snippets: ReadFact[]
  /** Null when the file isn't as it was written. */
  storedKeys: StoredKeys | null
  keysFile: string
  /** Line in practice.yaml of a path in it. */
  lineOf: (path: readonly PropertyKey[]) => number
}

/** Every key that an author may write, to suggest the nearest for an unknown one. */
const KEY_NAMES: readonly string[] = [
  ...[PracticeFile, Misconception, Misprediction, Task, Trap, PracticeRequest, SaveSource],
  ...[SpotQuiz, PredictQuiz, OrderQuiz, StillTrueQuiz, MistakeQuiz],
  SpotQuiz.shape.options.element,
  SpotQuiz.shape.lines.unwrap().element,
  PredictQuiz.shape.options.element,
  OrderQuiz.shape.cards.element,
  OrderQuiz.shape.swapped.element,
  ...MistakeQuiz.shape.basis.options,
  ...[Expectation, HeaderExpectation, JsonExpectation, TraceExpectation, StoreExpectation, BurstExpectation],
].flatMap((schema) => Object.keys(schema.shape))

/**
 * Reads `practice.yaml`, `practice/*.py` and `practice.keys.json` of a lesson's folder. Without the first there is nothing to practise.
 * @param root the project's folder; faults name files relative to it
 * @param faults every fault is added here
 * @returns null when there was a fault
 */
export async function readPractice(
  root: string,
  folder: string,
  faults: Fault[],
): Promise<ReadPractice | null> {
  const path = join(folder, 'practice.yaml')
  const file = fileName(root, path)
  const keysFile = keysFileOf(file)
  const before = faults.length
  const text = await readAuthorsText(root, path, faults)
  const yaml =
    text === null
      ? { value: PracticeFile.parse({}), lineOf: () => 1 }
      : readYaml({ file, text, offset: 0 }, PracticeFile, KEY_NAMES, faults)
  const snippets = await readFacts(root, folder, faults, 'practice')
  const storedKeys = readKeys(await readAuthorsText(root, keysFileOf(path), faults))
  if (yaml === null || faults.length > before) return null
  return { file, content: yaml.value, snippets, storedKeys, keysFile, lineOf: yaml.lineOf }
}

/** The file with the keys that runs found for a `practice.yaml`. */
export function keysFileOf(file: string): string {
  return file.replace(/\.yaml$/, '.keys.json')
}

function readKeys(text: string | null): StoredKeys | null {
  try {
    return StoredKeys.parse(JSON.parse(text ?? '{}'))
  } catch {
    return null
  }
}
