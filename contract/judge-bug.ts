import type { Bug, NearMiss } from './bug.ts'

/** A claim that was judged on real FastAPI. */
export interface JudgedClaim {
  /** `step/claim`. */
  name: string
  held: boolean
}

/** What a run of an edited project showed. A project that doesn't start has no claims. */
export interface BugRun {
  starts: boolean
  /** Each claim that could be judged, in the order of the run. */
  claims: readonly JudgedClaim[]
}

export interface BugVerdict {
  passed: boolean
  /** Claims that aren't true, each as `step/claim`. */
  red: string[]
  /** The symptom is exactly that of the bug. */
  isUnchanged: boolean
  /** The near miss whose symptom this is. */
  nearMiss: NearMiss | null
}

/** Judges a fix by what a run of it showed. A claim that the bug makes false has to be judged and true. */
export function judgeBug(
  bug: Pick<Bug, 'red' | 'starts' | 'nearMisses'>,
  { starts, claims }: BugRun,
): BugVerdict {
  const unjudged = bug.red.filter((name) => !claims.some((claim) => claim.name === name))
  const red = starts ? [...claims.filter(({ held }) => !held).map(({ name }) => name), ...unjudged] : []
  const isSame = (symptom: Pick<NearMiss, 'red' | 'starts'>): boolean =>
    starts === (symptom.starts ?? true) && [...symptom.red].sort().join() === [...red].sort().join()
  return {
    passed: starts && claims.length > 0 && red.length === 0,
    red,
    isUnchanged: isSame(bug),
    nearMiss: bug.nearMisses.find(isSame) ?? null,
  }
}
