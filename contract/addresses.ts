/** A lesson's name: that of its folder without the number. Addresses with the number lead to the same lesson. */
export function lessonName(folder: string): string {
  return folder.replace(/^\d\d-(?=.)/, '')
}

/**
 * The number of the step that an address asks for with `?step=`: by its id, or by the number that older addresses have.
 * @returns from 1; 1 where there is no such step
 */
export function stepAsked(asked: unknown, steps: readonly { id: string }[]): number {
  return steps.findIndex(({ id }) => id === asked) + 1 || (steps[Number(asked) - 1] ? Number(asked) : 1)
}
