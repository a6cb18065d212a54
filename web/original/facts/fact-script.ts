import { reactive } from 'vue'
import { storedKeys } from '../../stores/stored.ts'
import { editFiles, type KeptFiles } from '../files/edited-files.ts'

/** The script's name in Python's tracebacks. */
export const SCRIPT = 'fact.py'

const PREFIX = 'viva:fact:'

/** A fact's script with what the learner changed in it, which the browser keeps. */
export function editScript(lesson: string, id: string, code: string): KeptFiles {
  return reactive(editFiles(`${PREFIX}${lesson}/${id}`, { [SCRIPT]: code }))
}

/** The facts whose scripts the learner changed, as `lesson/id`. */
export function changedFacts(): ReadonlySet<string> {
  return new Set(storedKeys(PREFIX).map((key) => key.slice(PREFIX.length)))
}
