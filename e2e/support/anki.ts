import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
 * A Python that has the package `anki`: the one that `ANKI_PYTHON` names, or `python3`. Says so where there is none, because the
 * tests that need it are then left out.
 */
export function findAnki(): string | undefined {
  const found = [process.env.ANKI_PYTHON, 'python3'].find((python) => python && hasAnki(python))
  if (found === undefined) {
    console.warn(
      'LEFT OUT: the import into Anki. Set ANKI_PYTHON to a Python that has the package anki (pip install anki).',
    )
  }
  return found
}

function hasAnki(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import anki.collection'], { stdio: 'ignore' })
    return true
  } catch {
    return false
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
