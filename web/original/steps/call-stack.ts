import type { LineEvent } from '#contract/original-tab/engine.ts'

/** A function that was running at a moment, the innermost last. */
export interface Frame {
  function: string
  file: string
  line: number
}

/** The project's functions that run at a moment: of each depth, the last event up to it. */
export function stackAt(events: readonly LineEvent[], at: number): Frame[] {
  const stack: Frame[] = []
  for (const { depth, function: name, file, line } of events.slice(0, at + 1)) {
    stack.length = Math.min(stack.length, depth)
    stack[depth] = { function: name, file, line }
  }
  return stack.filter((frame) => frame !== undefined)
}

/** The index to go to next from a moment, or the moment itself where there is none. */
export function nextMoment(events: readonly LineEvent[], at: number, move: 'over' | 'out' | 'raise'): number {
  const depth = events[at]?.depth ?? 0
  const wanted = events.findIndex((event, index) => {
    if (index <= at) return false
    if (move === 'raise') return event.event === 'raise' && events[index - 1]?.event !== 'unwind'
    return move === 'over' ? event.depth <= depth : event.depth < depth
  })
  return wanted < 0 ? at : wanted
}

/** A moment in words: `Line 37 of database.py, in get_db`, with what is returned or raised. */
export function momentText({ event, line, file, function: name, value }: LineEvent): string {
  const place = `line ${line} of ${file}`
  const said = value === undefined ? '' : `: ${value}`
  if (event === 'call') return `${name} is called, ${place}`
  if (event === 'return') return `${name} returns${said}`
  if (event === 'raise') return `Exception in ${name}, ${place}${said}`
  if (event === 'unwind') return `${name} ends with the exception${said}`
  return `${name}, ${place}`
}

/** The region of a file that a line is in, the innermost, by the comments that mark them; null when it is in none. */
export function regionAt(text: string, line: number): string | null {
  const open: string[] = []
  for (const source of text.split('\n').slice(0, line)) {
    const name = /^\s*# region (\S+)/.exec(source)?.[1]
    if (name !== undefined) open.push(name)
    else if (/^\s*# endregion/.test(source)) open.pop()
  }
  return open.at(-1) ?? null
}
