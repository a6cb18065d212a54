import { join } from 'node:path'
import { DeckFile, type DeckInfo } from '#contract/deck.ts'
import type { Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import { readAuthorsText } from './read-text.ts'
import { readYaml, type YamlResult } from './yaml.ts'

/** A deck's own file and where its parts are, to report faults at. */
export interface ReadDeckFile extends YamlResult<DeckFile> {
  file: string
}

/**
 * Reads `deck.yaml` of a deck's folder. A deck without one has every default.
 * @param root the folder that paths of faults are relative to
 * @returns null when there was a fault
 */
export async function readDeckFile(
  folder: string,
  root: string,
  faults: Fault[],
): Promise<ReadDeckFile | null> {
  const path = join(folder, 'deck.yaml')
  const file = fileName(root, path)
  const before = faults.length
  const text = await readAuthorsText(root, path, faults)
  if (faults.length > before) return null
  // An empty file is a file without keys.
  if (!text?.replaceAll(/^\s*#.*$/gm, '').trim()) return { file, value: DeckFile.parse({}), lineOf: () => 1 }
  const read = readYaml({ file, text, offset: 0 }, DeckFile, Object.keys(DeckFile.shape), faults)
  return read && { ...read, file }
}

/** How pages name a deck. */
export function deckInfo({ lessons: _, drafts: __, ...named }: DeckFile): DeckInfo {
  const { title, heading = title, anki = `Viva::${title}` } = named
  return { ...named, heading, anki }
}
