import { ref, watch, type Ref } from 'vue'
import { readStored, removeStored, storedKeys, storeIfPossible } from '../../stores/stored.ts'

/** Where this browser keeps which file of a question's bug is open. @param question a question's key, or '' for the prefix of all */
export function openFileKey(room: string, question: string): string {
  return `viva:room:${room}:open:${question}`
}

/** Forgets which files were open, once the interview is over. */
export function forgetOpenFiles(room: string): void {
  storedKeys(openFileKey(room, '')).forEach(removeStored)
}

/**
 * Which file of a bug is open. This browser keeps it, so that it is open again after a reload.
 * @param key where it is kept
 * @param paths the files that can be opened
 * @param otherwise the file to begin with; without one, `main.py`
 */
export function useOpenFile(key: string, paths: readonly string[], otherwise = 'main.py'): Ref<string> {
  const kept = readStored(key)
  const open = ref(paths.find((path) => path === kept) ?? otherwise)
  watch(open, (path) => storeIfPossible(key, path))
  return open
}
