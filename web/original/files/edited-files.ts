import { computed, shallowRef } from 'vue'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { isRecord, onStored, readStored, removeStored, writeStored } from '../../stores/stored.ts'

/** Files of a project, as they were and as they are edited. */
export interface EditedFiles {
  readonly files: ProjectFiles
  /** The files that aren't as they were, and their paths. */
  readonly changes: ProjectFiles
  readonly changed: readonly string[]
  /** A file without changes. */
  before(path: string): string
  setFile(path: string, text: string): void
  resetFile(path: string): void
  resetAll(): void
}

/** Files whose changes this browser keeps. */
export interface KeptFiles extends EditedFiles {
  readonly storageKey: string
}

/** Files with what the learner changed in them, which the browser keeps. @param base the files without changes */
export function editFiles(storageKey: string, base: ProjectFiles) {
  const changes = shallowRef<ProjectFiles>(readChanges(storageKey, base))
  const files = computed<ProjectFiles>(() => ({ ...base, ...changes.value }))
  const changed = computed(() => Object.keys(base).filter((path) => path in changes.value))
  const before = (path: string): string => base[path] ?? ''

  function setFile(path: string, text: string): void {
    const { [path]: _, ...others } = changes.value
    keep(text === before(path) ? others : { ...others, [path]: text })
  }

  function keep(next: ProjectFiles): void {
    changes.value = next
    if (Object.keys(next).length > 0) writeStored(storageKey, next)
    else removeStored(storageKey)
  }

  // Another tab may edit the same files: what it changed must not be undone by the next edit here.
  if (!import.meta.env.SSR) onStored(storageKey, () => (changes.value = readChanges(storageKey, base)))

  return {
    ...{ storageKey, files, changes, changed, before, setFile },
    resetFile: (path: string) => setFile(path, before(path)),
    resetAll: () => keep({}),
  }
}

/** Only files that the project has: what another version stored must not break this one. */
function readChanges(storageKey: string, base: ProjectFiles): ProjectFiles {
  const stored = readStored(storageKey)
  if (!isRecord(stored)) return {}
  const known = Object.entries(stored).filter(
    (entry): entry is [string, string] =>
      entry[0] in base && typeof entry[1] === 'string' && entry[1] !== base[entry[0]],
  )
  return Object.fromEntries(known)
}
