import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { OWN_FILES } from '../../original/files/own-files.ts'

/** A file as the candidate was given it. @param broken the files that have the bug */
export function givenFile(broken: ProjectFiles, path: string): string {
  return broken[path] ?? OWN_FILES[path] ?? ''
}

/** Of these files those that differ from what the candidate was given. */
export function changedIn(files: ProjectFiles, broken: ProjectFiles): ProjectFiles {
  return Object.fromEntries(Object.entries(files).filter(([path, text]) => text !== givenFile(broken, path)))
}
