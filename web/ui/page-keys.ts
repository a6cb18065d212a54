import { inject, onMounted, onScopeDispose, provide, type InjectionKey } from 'vue'
import type { Shortcuts } from './use-shortcuts.ts'

const KEY: InjectionKey<Shortcuts> = Symbol('shortcuts')

/** Lets the pages below add keys of their own. @returns the same shortcuts, for `useShortcuts` */
export function providePageKeys(shortcuts: Shortcuts): Shortcuts {
  provide(KEY, shortcuts)
  return shortcuts
}

/** Adds keys as long as the page is shown. */
export function usePageKeys(keys: Shortcuts): void {
  const shortcuts = inject(KEY, {})
  onMounted(() => Object.assign(shortcuts, keys))
  onScopeDispose(() => {
    for (const key of Object.keys(keys)) if (shortcuts[key] === keys[key]) delete shortcuts[key]
  })
}
