import type { Bug, Edit } from './bug.ts'
import type { ProjectFiles } from './original-tab/engine.ts'
import type { Step } from './step.ts'

/**
 * Files after edits, one after another; the files given stay as they are.
 * @throws RangeError with a sentence when a file doesn't exist or the text to replace isn't in it exactly once
 */
export function applyEdits(files: ProjectFiles, edits: readonly Edit[]): ProjectFiles {
  return edits.reduce((edited, edit) => {
    const text = edited[edit.file]
    if (text === undefined) throw new RangeError(`the project has no file “${edit.file}”`)
    const parts = text.split(edit.replace)
    const [before = '', after = ''] = parts
    if (parts.length !== 2) throw new RangeError(placeFault(edit, text, parts))
    return { ...edited, [edit.file]: before + edit.with + after }
  }, files)
}

/**
 * What the tests of a bug run: all steps that may be needed, in order, and the ids of those whose claims count.
 * @param steps of the bug's lesson
 */
export function testsOfBug(
  { steps: chosen, checks }: Pick<Bug, 'steps' | 'checks'>,
  steps: readonly Step[],
): { steps: Step[]; ids: string[] } {
  const ids = steps.map(({ id: step }) => step).filter((step) => chosen?.includes(step) ?? true)
  return { steps: [...steps, ...checks], ids: [...ids, ...checks.map(({ id: check }) => check)] }
}

/** @param parts the text, split where the edit's `replace` stands */
function placeFault({ file, replace }: Edit, text: string, parts: readonly string[]): string {
  if (parts.length === 1) {
    const lines = text.split('\n').map((line) => line.trim())
    const missing = replace.split('\n').find((line) => !lines.some((other) => other.includes(line.trim())))
    return missing === undefined
      ? `${file} has these lines, but not one after the other with this indentation (in YAML, |2- keeps the spaces before the first line)`
      : `${file} has no line “${missing.trim()}”`
  }
  const at = parts.slice(0, -1).map((_, index) => {
    const before = parts.slice(0, index + 1).join(replace)
    return before.split('\n').length
  })
  return `${file} has this text ${at.length} times, in lines ${at.join(', ')}; add the line above or below, so that it is there once`
}
