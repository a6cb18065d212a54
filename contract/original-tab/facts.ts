import type { Fact } from '../fact.ts'

/** Why a fact can't be run in the tab. */
export type FactObstacle = 'threads' | 'packages' | 'measured'

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
