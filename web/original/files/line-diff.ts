/** A line of a diff. `old` and `new` are its numbers, from 1, in the texts that have it. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added'
  text: string
  old: number | null
  new: number | null
}

/** Beyond this many pairs of lines, what differs is shown as one block: the table of lengths would fill the memory. */
const MAX_PAIRS = 4_000_000

/** Which lines of a text were removed and which were added: a longest common subsequence of lines. */
export function diffLines(before: string, after: string): DiffLine[] {
  const one = before.split('\n')
  const other = after.split('\n')
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start++
  let end = 0
  while (
    end < one.length - start &&
    end < other.length - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  )
    end++
  const middle = diffMiddle(one.slice(start, one.length - end), other.slice(start, other.length - end))
  const kinds = [
    ...one.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...middle,
    ...one.slice(one.length - end).map((text) => ({ kind: 'same' as const, text })),
  ]
  let [old, fresh] = [0, 0]
  return kinds.map(({ kind, text }) => ({
    ...{ kind, text },
    old: kind === 'added' ? null : ++old,
    new: kind === 'removed' ? null : ++fresh,
  }))
}

function diffMiddle(one: readonly string[], other: readonly string[]): Pick<DiffLine, 'kind' | 'text'>[] {
  const removed = one.map((text) => ({ kind: 'removed' as const, text }))
  const added = other.map((text) => ({ kind: 'added' as const, text }))
  if (one.length === 0 || other.length === 0 || one.length * other.length > MAX_PAIRS)
    return [...removed, ...added]
  const width = other.length + 1
  // How many lines the rests from (row, column) on have in common.
  const common = new Uint32Array((one.length + 1) * width)
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      const down = common[(row + 1) * width + column] ?? 0
      const right = common[row * width + column + 1] ?? 0
      const both = (common[(row + 1) * width + column + 1] ?? 0) + 1
      common[row * width + column] = one[row] === other[column] ? both : Math.max(down, right)
    }
  }
  const lines: Pick<DiffLine, 'kind' | 'text'>[] = []
  let [row, column] = [0, 0]
  while (row < one.length || column < other.length) {
    const down = common[(row + 1) * width + column] ?? 0
    const right = common[row * width + column + 1] ?? 0
    if (row < one.length && column < other.length && one[row] === other[column]) {
      lines.push({ kind: 'same', text: one[row++] ?? '' })
      column++
    } else if (row < one.length && (column >= other.length || down >= right)) {
      lines.push({ kind: 'removed', text: one[row++] ?? '' })
    } else lines.push({ kind: 'added', text: other[column++] ?? '' })
  }
  return lines
}

/** The changed lines with those around them, apart where there is more between them. @param around lines kept beside a change */
export function hunksOf(lines: readonly DiffLine[], around = 3): DiffLine[][] {
  const hunks: DiffLine[][] = []
  let last = -1
  lines.forEach((line, at) => {
    const near = lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same')
    if (!near) return
    if (last === at - 1 && last >= 0) hunks.at(-1)?.push(line)
    else hunks.push([line])
    last = at
  })
  return hunks
}
