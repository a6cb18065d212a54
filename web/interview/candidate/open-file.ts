import { customRef, type Ref } from 'vue'
import { readStored, storeIfPossible } from '../../stores/stored.ts'

/**
 * Which file of a bug is open, kept in this browser: after a reload it is open again.
 * @param key where it is kept
 * @param paths the files that can be opened
 * @param otherwise the file to begin with; without one, `main.py`
 */
export function useOpenFile(key: string, paths: readonly string[], otherwise = 'main.py'): Ref<string> {
  const kept = readStored(key)
  let open = paths.find((path) => path === kept) ?? otherwise
  return customRef((track, trigger) => ({
    get: () => (track(), open),
    set: (path) => {
      open = path
      storeIfPossible(key, path)
      trigger()
    },
  }))
}
