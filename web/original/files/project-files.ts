import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { isRecord, readStored, removeStored, writeStored } from '../../stores/stored.ts'
import { OWN_FILES } from './own-files.ts'

/** Where changes are kept in the browser. */
export const FILES_KEY = 'viva:original-files'

/** The project's files as this browser has them: its own, and what the learner changed, which is kept. */
export const useProjectFiles = defineStore('project-files', () => {
  const changes = shallowRef<ProjectFiles>(readChanges())
  const files = computed<ProjectFiles>(() => ({ ...OWN_FILES, ...changes.value }))
  const changed = computed(() => Object.keys(OWN_FILES).filter((path) => path in changes.value))

  function setFile(path: string, text: string): void {
    const { [path]: _, ...others } = changes.value
    keep(text === OWN_FILES[path] ? others : { ...others, [path]: text })
  }

  function keep(next: ProjectFiles): void {
    changes.value = next
    if (Object.keys(next).length > 0) writeStored(FILES_KEY, next)
    else removeStored(FILES_KEY)
  }

  return {
    changes,
    files,
    changed,
    setFile,
    resetFile: (path: string) => setFile(path, OWN_FILES[path] ?? ''),
    resetAll: () => keep({}),
  }
})

/** Only files that the project has: what another version stored must not break this one. */
function readChanges(): ProjectFiles {
  const stored = readStored(FILES_KEY)
  if (!isRecord(stored)) return {}
  const known = Object.entries(stored).filter(
    (entry): entry is [string, string] =>
      entry[0] in OWN_FILES && typeof entry[1] === 'string' && entry[1] !== OWN_FILES[entry[0]],
  )
  return Object.fromEntries(known)
}
