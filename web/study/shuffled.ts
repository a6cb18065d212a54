/** A copy in random order. @param random gives numbers from 0 to 1, 1 excluded */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[copy[last], copy[other]] = [copy[other] as T, copy[last] as T]
  }
  return copy
}

/** The numbers from 0 up to `count`, in random order, but not in their own if there are two or more. */
export function mixedOrder(count: number, random: () => number = Math.random): number[] {
  const own = Array.from({ length: count }, (_, index) => index)
  const mixed = shuffled(own, random)
  const isOwn = count > 1 && mixed.every((value, index) => value === index)
  // Turned by one place, so that it needs no second draw.
  return isOwn ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed
}
