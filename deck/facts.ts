import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '#contract/fact.ts'
import type { Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import { readUtf8 } from './read-text.ts'

/** A fact with the path of its file, relative to the project. */
export interface ReadFact extends Fact {
  file: string
}

const FACT_FILE = /^"""(.+?)"""\n(# measured\n)?((?:# on: .+\n)*)\n*([\s\S]*)$/

/**
 * Reads `*.py` in `facts/` of a lesson's folder, or in `practice/`, each with its recorded output beside it (`*.txt`).
 * @param root the folder that paths are relative to
 * @param faults gets what is wrong with a file; a missing output isn't, for it is made by `npm run record`
 */
export async function readFacts(
  root: string,
  folder: string,
  faults: Fault[],
  within: 'facts' | 'practice' = 'facts',
): Promise<ReadFact[]> {
  const path = join(folder, within)
  const names = await readdir(path).catch(() => [])
  const scripts = names.filter((name) => name.endsWith('.py')).sort()
  const read = await Promise.all(scripts.map((name) => readFact(root, join(path, name), faults)))
  return read.filter((fact) => fact !== null)
}

async function readFact(root: string, path: string, faults: Fault[]): Promise<ReadFact | null> {
  const file = fileName(root, path)
  const id = /([^/\\]+)\.py$/.exec(path)?.[1] ?? ''
  const text = await readUtf8(root, path, faults)
  if (text === null) return null
  const match = FACT_FILE.exec(text)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    faults.push({
      file,
      line: 1,
      cause: 'name the file in lower-case letters a to z, digits and hyphens, such as engine-is-lazy.py',
    })
    return null
  }
  if (match === null) {
    faults.push({ file, line: 1, cause: 'begin with the sentence that it shows, in """ on one line' })
    return null
  }
  const [, sentence = '', measured, packages = '', code = ''] = match
  return {
    file,
    id,
    sentence,
    code: code.trim(),
    measured: measured !== undefined,
    environments: packages
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace('# on: ', '').split(/\s+/)),
    output: (await readUtf8(root, path.replace(/\.py$/, '.txt'), faults)) ?? '',
  }
}
