import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ContentError, type Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import { readSource } from './read-text.ts'

/** A named piece of a source file, between `region` and `endregion`. */
export interface Region {
  name: string
  /** Path from the project's root. */
  file: string
  /** First and last line between the markers, from 1. */
  firstLine: number
  lastLine: number
  /** The lines themselves, without the markers of regions inside. */
  code: string
}

export type Language = 'python' | 'typescript'

/** The regions of each twin by name. */
export type Regions = Record<Language, ReadonlyMap<string, Region>>

/** The twins' folders, from the project's root. */
export const TWIN_FOLDERS: Record<Language, string> = {
  python: 'original/project',
  typescript: 'server/project',
}

const SUFFIX: Record<Language, string> = { python: '.py', typescript: '.ts' }
const OPEN = /^\s*(?:#|\/\/) region ([\w.]+)\s*$/
const CLOSE = /^\s*(?:#|\/\/) endregion\s*$/

/** Whether a line is a marker, which readers don't see. */
export function isMarker(line: string): boolean {
  return OPEN.test(line) || CLOSE.test(line)
}

/**
 * Reads both twins and cuts out their regions.
 * @param root the project's folder
 * @throws ContentError naming each region that is not closed, closed twice or named twice
 */
export async function readRegions(root: string): Promise<Regions> {
  const faults: Fault[] = []
  const [python, typescript] = await Promise.all([
    regionsIn(root, 'python', faults),
    regionsIn(root, 'typescript', faults),
  ])
  if (faults.length > 0) throw new ContentError(faults)
  return { python, typescript }
}

async function regionsIn(root: string, language: Language, faults: Fault[]): Promise<Map<string, Region>> {
  const regions = new Map<string, Region>()
  for (const path of await sourceFiles(join(root, TWIN_FOLDERS[language]), SUFFIX[language])) {
    const file = fileName(root, path)
    for (const region of cutRegions(file, await readSource(path), faults)) {
      const other = regions.get(region.name)
      if (other) {
        const cause = `region "${region.name}" is already in ${other.file}; choose a different name`
        faults.push({ file, line: region.firstLine - 1, cause })
      }
      regions.set(region.name, region)
    }
  }
  return regions
}

/** A twin's source files in order of name, without tests. */
async function sourceFiles(folder: string, suffix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix) && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](replay|\.venv|__pycache__)[\\/]/.test(path))
    .sort()
}

/**
 * Cuts the regions of one file; a region may contain others.
 * @param faults every fault of the markers is added here
 */
function cutRegions(file: string, source: string, faults: Fault[]): Region[] {
  const lines = source.split('\n')
  const open: { name: string; line: number }[] = []
  const regions: Region[] = []
  lines.forEach((text, index) => {
    const name = OPEN.exec(text)?.[1]
    if (name) open.push({ name, line: index + 1 })
    else if (CLOSE.test(text)) {
      const begun = open.pop()
      if (!begun) faults.push({ file, line: index + 1, cause: 'this endregion has no region before it' })
      else {
        const code = lines.slice(begun.line, index).filter((line) => !isMarker(line))
        regions.push({
          name: begun.name,
          file,
          firstLine: begun.line + 1,
          lastLine: index,
          code: code.join('\n'),
        })
      }
    }
  })
  for (const { name, line } of open)
    faults.push({ file, line, cause: `region "${name}" is never closed; add an endregion` })
  return regions
}
