import type { Level as LevelName } from '#contract/lesson.ts'

/** Levels as a filter offers them; the empty one is every level. */
export const LEVELS: readonly (readonly [LevelName | '', string])[] = [
  ['', 'All'],
  ['fresher', 'Fresher'],
  ['junior', 'Junior'],
  ['deep', 'Deep'],
]
