import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NoPython, pythonWith } from '../../original/record/python.ts'
import { leaveOut } from '../../scripts/leave-out.mjs'

/** A note as Anki has it after an import. */
interface AnkiNote {
  guid: string
  type: string
  fields: string[]
  tags: string[]
  cards: number
}

/** What one import did. */
export interface AnkiImport {
  added: number
  updated: number
  unchanged: number
  notes: AnkiNote[]
}

const SCRIPT = `
import json, sys
from anki.collection import Collection
from anki.import_export_pb2 import ImportCsvRequest
folder, *files = sys.argv[1:]
col = Collection(folder + "/collection.anki2")
imports = []
for file in files:
    request = ImportCsvRequest(path=file, metadata=col.get_csv_metadata(path=file, delimiter=None))
    log = col.import_csv(request).log
    notes = [col.get_note(id) for id in col.find_notes("")]
    imports.append({
        "added": len(log.new), "updated": len(log.updated), "unchanged": len(log.duplicate),
        "notes": [{"guid": n.guid, "type": n.note_type()["name"], "fields": n.fields, "tags": n.tags,
                   "cards": len(n.cards())} for n in notes],
    })
col.close()
print(json.dumps(imports))
`

/**
 * A Python with the package `anki`: the one that `ANKI_PYTHON` names, or one in an environment that is made for it. Says so where
 * there is none, because what needs it is then left out.
 */
export async function findAnki(): Promise<string | undefined> {
  try {
    return process.env.ANKI_PYTHON ?? (await pythonWith([join(import.meta.dirname, 'anki-requirements.txt')]))
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    leaveOut(`The import into Anki: ${error.message}`)
    return undefined
  }
}

/** Imports texts one after another into a new collection, by Anki's own importer. */
export function importIntoAnki(python: string, texts: readonly string[]): AnkiImport[] {
  const folder = mkdtempSync(join(tmpdir(), 'viva-anki-'))
  try {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.txt`)
      writeFileSync(file, text)
      return file
    })
    const output = execFileSync(python, ['-c', SCRIPT, folder, ...files], { maxBuffer: 64e6 })
    return JSON.parse(output.toString()) as AnkiImport[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
