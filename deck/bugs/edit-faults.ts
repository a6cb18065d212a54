import type { Bug, Edit } from '#contract/bug.ts'
import { applyEdits } from '#contract/bug-edits.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { didYouMean } from '../fault.ts'
import type { Path, Wrong } from '../practice/names.ts'

/**
 * Edits of a bug that can't be applied, and those that change nothing.
 * @param path of the bug in bugs.yaml
 * @param project the Python project's own files
 */
export function editFaults(bug: Bug, path: Path, project: ProjectFiles): Wrong[] {
  const broken = tryEdits(bug.edits, [...path, 'edits'], project)
  // What comes after would only repeat it.
  if (broken.wrong.length > 0) return broken.wrong
  return [
    ...tryEdits(bug.solution, [...path, 'solution'], broken.files).wrong,
    ...bug.nearMisses.flatMap(
      ({ edits }, index) => tryEdits(edits, [...path, 'nearMisses', index, 'edits'], broken.files).wrong,
    ),
  ]
}

function tryEdits(edits: readonly Edit[], path: Path, before: ProjectFiles) {
  let files = before
  for (const [index, edit] of edits.entries()) {
    const fault = (key: keyof Edit, cause: string) => ({
      files,
      wrong: [{ path: [...path, index, key], cause }],
    })
    if (!(edit.file in files)) {
      return fault('file', `a bug can’t be in "${edit.file}"${didYouMean(edit.file, Object.keys(files))}`)
    }
    if (edit.replace === edit.with)
      return fault('with', 'is the same as replace, so this edit changes nothing')
    try {
      files = applyEdits(files, [edit])
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return fault('replace', error.message)
    }
  }
  const changesNothing = Object.entries(files).every(([file, text]) => text === before[file])
  const cause = 'these edits undo one another, so that nothing is changed'
  return { files, wrong: changesNothing ? [{ path, cause }] : [] }
}
