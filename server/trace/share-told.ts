/**
 * Makes what traces tell one object as long as it is the same: kept traces share it, and a collection of garbage copies it once.
 * @param same whether two of them tell the same
 * @returns gives what was told last of an object again, or the new one where that tells something else
 */
export function shareTold<Told>(same: (last: Told, told: Told) => boolean): (of: object, told: Told) => Told {
  const all = new WeakMap<object, Told>()
  return (of, told) => {
    const last = all.get(of)
    if (last !== undefined && same(last, told)) return last
    all.set(of, told)
    return told
  }
}

/** Whether two lists hold the same things in the same order. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
