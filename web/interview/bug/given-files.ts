import { computed, reactive } from 'vue'
import { fingerprintOf } from '#contract/interview/bug.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import type { EditedFiles } from '../../original/files/edited-files.ts'
import { OWN_FILES } from '../../original/files/own-files.ts'

/** A file as the candidate was given it. @param broken the files that have the bug */
export function givenFile(broken: ProjectFiles, path: string): string {
  return broken[path] ?? OWN_FILES[path] ?? ''
}

/** The project as the candidate was given it. @param broken the files that have the bug */
export function givenFiles(broken: ProjectFiles): ProjectFiles {
  return { ...OWN_FILES, ...broken }
}

/** Of these files those that differ from what the candidate was given. */
export function changedIn(files: ProjectFiles, broken: ProjectFiles): ProjectFiles {
  return Object.fromEntries(Object.entries(files).filter(([path, text]) => text !== givenFile(broken, path)))
}

/**
 * A project with a bug, as a candidate has edited it.
 * @param files those that can be changed, or only those that are
 * @param broken the files that have the bug
 * @param write changes a file; left out where it is only shown and run
 */
export function givenProject(
  files: () => ProjectFiles,
  broken: () => ProjectFiles,
  write: (path: string, text: string) => void = () => undefined,
): EditedFiles {
  // The same object for the same changes: a run compares it to tell whether the code was edited since.
  const changes = computed<ProjectFiles>((before) => {
    const now = changedIn(files(), broken())
    return before && fingerprintOf(before) === fingerprintOf(now) ? before : now
  })
  const resetFile = (path: string): void => write(path, givenFile(broken(), path))
  return reactive({
    changes,
    files: computed(() => ({ ...broken(), ...files() })),
    changed: computed(() => Object.keys(changes.value)),
    before: (path: string) => givenFile(broken(), path),
    setFile: write,
    resetFile,
    resetAll: () => Object.keys(changes.value).forEach(resetFile),
  })
}
