import type { Claim } from '../claim.ts'

/** Values that claims agree on, each with the first claim that has it; none if they contradict each other. */
export function agreed<T>(
  claims: readonly Claim[],
  valuesIn: (claim: Claim) => readonly (T | undefined)[],
): { value: T; claim: string } | null {
  const found = claims.flatMap((claim) =>
    valuesIn(claim).flatMap((value) => (value === undefined ? [] : [{ value, claim: claim.id }])),
  )
  const [first] = found
  return first !== undefined && found.every(({ value }) => value === first.value) ? first : null
}

/** Undefined for anything but a whole number from 0: a `{{variable}}` has no value before a run. */
export const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
