import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { onStored, readStored, writeStored } from './stored.ts'

// public/early.js reads the same key before the page is painted, so that it never flashes in the other theme.
const KEY = 'viva:theme'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Which colours to use. `system` follows the machine's setting, even while the page is open. */
export const useThemeStore = defineStore('theme', () => {
  const theme = shallowRef<Theme>('system')
  let opened = false

  function open(): void {
    const stored = readStored(KEY)
    show(THEMES.find((known) => known === stored) ?? 'system')
    if (opened) return
    opened = true
    onStored(KEY, open)
  }

  function choose(chosen: Theme): void {
    show(chosen)
    writeStored(KEY, chosen)
  }

  function next(): void {
    choose(THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system')
  }

  function show(shown: Theme): void {
    theme.value = shown
    if (shown === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = shown
  }

  return { theme, open, choose, next }
})
