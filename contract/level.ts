/** `starter`: asked of everyone; `junior`: after a first project; `deeper`: asked to see how far it goes. */
export const LEVELS = ['starter', 'junior', 'deeper'] as const
export type Level = (typeof LEVELS)[number]

/** Levels as people read them. */
export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  starter: 'Starter',
  junior: 'Junior',
  deeper: 'Deeper',
}

/** A level's key today: saved sets, running interviews and bookmarks may still hold `fresher` and `deep`. */
export function currentLevel(key: unknown): unknown {
  if (key === 'fresher') return 'starter'
  return key === 'deep' ? 'deeper' : key
}
