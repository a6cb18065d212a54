import type { Fact } from '../fact.ts'

/** Why a fact can't be run in the tab. */
export type FactObstacle = 'threads' | 'packages' | 'measured'

/** The obstacle in words, for the page. */
export const OBSTACLE_REASONS: Record<FactObstacle, string> = {
  threads: 'It shows several threads at work, and a tab has one.',
  packages: 'It needs packages, or versions of them, that aren’t loaded there.',
  measured: 'It times whole servers, which a tab can’t start.',
}

/** The facts of a lesson, as the list of all facts has them. */
export interface FactGroup {
  /** The lesson's name, number and title. */
  name: string
  number: number
  title: string
  facts: {
    id: string
    sentence: string
    /** None where it runs in the tab. */
    obstacle?: FactObstacle
  }[]
}

/** There is one thread in the tab. */
const THREADS = new Set([
  'waits-together',
  'check-same-thread',
  'one-session-many-threads',
  'where-they-run',
  'health-beside-a-def',
  'async-needs-no-thread',
  'dependency-in-a-thread',
  'fifteen-connections',
  'dependency-and-route',
])

/** Their packages aren't in the bundle. */
const PACKAGES = new Set([
  'sqlmodel-does-not-validate',
  'passlib-and-bcrypt-5',
  'alembic-keeps-one-revision',
  'server-default',
])

/** @returns null for a fact that runs in the tab as it was recorded */
export function factObstacle(fact: Pick<Fact, 'id' | 'environments' | 'measured'>): FactObstacle | null {
  if (fact.measured) return 'measured'
  if (fact.environments.length > 0 || PACKAGES.has(fact.id)) return 'packages'
  return THREADS.has(fact.id) ? 'threads' : null
}

/** Where a fact of a lesson can be run. @param id of the fact */
export function factAddress(lesson: string, id: string): string {
  return `/original/fact?lesson=${lesson}&id=${id}`
}
