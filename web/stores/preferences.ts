import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { readStored, writeStored } from './stored.ts'

const KEY = 'viva:preferences'

export type TwinLanguage = 'python' | 'typescript'

/** Narrowest and widest playground, in percent of the window. */
export const SPLIT = { min: 28, max: 65 }

/** The nearest allowed width, in whole percent. */
export function withinSplit(percent: number): number {
  return Math.round(Math.min(SPLIT.max, Math.max(SPLIT.min, percent)))
}

/** Small choices about how the page works, kept in this browser. */
export const usePreferencesStore = defineStore('preferences', () => {
  /** Which twin is shown where there is room for only one. */
  const language = ref<TwinLanguage>('python')
  /** Whether single letters are shortcuts. People who dictate, or press keys by accident, can turn them off. */
  const singleKeys = ref(true)
  /** Whether a lesson asks what a step will show before it runs. */
  const predictions = ref(true)
  /** Width of the playground's column in percent of the window, or null for the default. */
  const split = ref<number | null>(null)

  function open(): void {
    const stored = readStored(KEY)
    if (typeof stored === 'object' && stored !== null) {
      if ('language' in stored && stored.language === 'typescript') language.value = 'typescript'
      if ('singleKeys' in stored && stored.singleKeys === false) singleKeys.value = false
      if ('predictions' in stored && stored.predictions === false) predictions.value = false
      if ('split' in stored && typeof stored.split === 'number') split.value = withinSplit(stored.split)
    }
    watch([language, singleKeys, predictions, split], () =>
      writeStored(KEY, {
        language: language.value,
        singleKeys: singleKeys.value,
        predictions: predictions.value,
        split: split.value,
      }),
    )
  }

  return { language, singleKeys, predictions, split, open }
})
