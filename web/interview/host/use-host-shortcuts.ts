import { useShortcuts, type Shortcuts } from '../../ui/use-shortcuts.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { leadingKeys } from './leading-keys.ts'
import { scoringKeys, type KeyOptions } from './scoring-keys.ts'
import type { ChosenQuestion } from './use-chosen-question.ts'

/** Single keys for everything in the room. They rest for a moment after the interview has moved on. @param showKeys opens the list of them */
export function useHostShortcuts(options: KeyOptions, showKeys: () => void): void {
  const { chosenQuestion } = options
  const preferences = usePreferencesStore()
  useShortcuts(
    { ...leadingKeys(options), ...scoringKeys(options), ...movingKeys(chosenQuestion), '?': showKeys },
    () => preferences.singleKeys && !chosenQuestion.keysRest(),
  )
}

/** The parts of the room that a key moves the focus to, by selector. */
const PLACES: Readonly<Record<string, string>> = {
  e: '#room-notes',
  o: '#room-overall',
  'g q': '.rail [aria-current="true"]',
  'g a': '#room-answer',
  'g s': '#room-card',
  'g b': '.lead-bar button:not(:disabled)',
}

function movingKeys({ step, goThere }: ChosenQuestion): Shortcuts {
  return {
    ...Object.fromEntries(Object.entries(PLACES).map(([keys, place]) => [keys, () => focusOn(place)])),
    'g c': () => void goThere(),
    j: () => step(1),
    k: () => step(-1),
  }
}

function focusOn(place: string): void {
  document.querySelector<HTMLElement>(`main ${place}`)?.focus()
}
