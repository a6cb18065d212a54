import { newId } from '../browser/random.ts'

const KEY = 'viva:original-running'
const LOCK = 'viva:original:'

/** Whether it runs in this page. */
let running = false
let release: (() => void) | undefined

/**
 * Whether the original was running when this tab's last page ended without leaving: then the browser ended it. It is answered once.
 */
export async function lastDiedHere(): Promise<boolean> {
  const life = takeMark()
  return life !== null && !(await isHeld(LOCK + life))
}

/** Notes in this tab that the original runs, or that it doesn't. A page that is left takes the note away; a tab that dies leaves it. */
export function markRunning(isRunning: boolean): void {
  if (running === isRunning) return
  running = isRunning
  if (!isRunning) return unmark()
  addEventListener('pagehide', unmark)
  addEventListener('pageshow', comeBack)
  mark()
}

/** A page that the browser kept while another was visited goes on with what ran in it. */
function comeBack({ persisted }: PageTransitionEvent): void {
  if (persisted && running) mark()
}

function mark(): void {
  const life = newId()
  try {
    sessionStorage.setItem(KEY, life)
  } catch {
    // A browser without storage can't tell afterwards.
  }
  const held = new Promise<void>((resolve) => (release = resolve))
  void locks()?.request(LOCK + life, () => held)
}

function unmark(): void {
  takeMark()
  release?.()
  release = undefined
}

function takeMark(): string | null {
  try {
    const life = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return life
  } catch {
    return null
  }
}

/** A duplicated tab, and one that a page opened, begins with a copy of the notes of a tab that is still alive. */
async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = (await locks()?.query()) ?? {}
  return held.some((lock) => lock.name === name)
}

/** They exist only on HTTPS and localhost. Elsewhere the copy of a tab can't be told from one that died. */
function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined
}
