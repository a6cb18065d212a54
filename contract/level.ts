/** `starter`: asked of everyone; `junior`: after a first project; `deeper`: asked to see how far the knowledge goes. */
export const LEVELS = ['starter', 'junior', 'deeper'] as const
export type Level = (typeof LEVELS)[number]

/** Levels as shown on the screen. */
export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  starter: 'Starter',
  junior: 'Junior',
  deeper: 'Deeper',
}

/** The current key of a level: saved sets, running interviews and bookmarks may still contain `fresher` and `deep`. */
export function currentLevel(key: unknown): unknown {
  if (key === 'fresher') return 'starter'
  return key === 'deep' ? 'deeper' : key
}
