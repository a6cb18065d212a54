import type { PythonError } from './python-error.ts'
import type { StoreView } from '../sandbox.ts'
import type { TraceReport } from '../trace.ts'

/** A request to the original, as HTTP would carry it. `Host` and `Content-Length` are added unless they are named. */
export interface OriginalRequest {
  method: string
  /** Path with query, percent-encoded. */
  path: string
  headers: readonly (readonly [name: string, value: string])[]
  /** A text is sent as UTF-8. */
  body: string | Uint8Array | null
}

/** One moment of the project's own code; library code isn't traced. */
export interface LineEvent {
  /** Relative to the project, such as `routers/users.py`. */
  file: string
  line: number
  /**
   * `line`: about to run. `call` and `return`: a function begins, ends. `raise`: an exception is raised here or arrives from a callee.
   * `unwind`: a function ends with an exception.
   */
  event: 'line' | 'call' | 'return' | 'raise' | 'unwind'
  /** The function's qualified name, such as `create_user` or `Base.dispatch`. */
  function: string
  /** How many functions of the project this one runs inside. */
  depth: number
  /** Local variables before the line runs, shortened; secrets are shown as `•••`. */
  locals: Record<string, string>
  /** What `return` returns; the exception of `raise` and `unwind`. */
  value?: string
  /** Milliseconds since the request began. */
  atMs: number
}

export interface OriginalAnswer {
  status: number
  /** In the order sent, names in lower case. */
  headers: [name: string, value: string][]
  body: Uint8Array
  /** The body as UTF-8. */
  text: string
  /** Milliseconds from the request until the app was done with it, code after `yield` included. */
  durationMs: number
  /** Empty unless asked for with `traceLines`. */
  lines: LineEvent[]
  /** How many further events weren't kept. */
  linesLeftOut: number
  /** What the project printed and logged meanwhile, line by line. */
  output: string[]
  /** The exception that nothing handled, as uvicorn would log it. */
  error: PythonError | null
  /** What ran, by region, in the twin's terms, with the app's start-up: the evidence that claims about steps are evaluated against. */
  trace: TraceReport
}

/** The text of the project's files by path, such as `routers/users.py`. */
export type ProjectFiles = Readonly<Record<string, string>>

/** `ok`: the edited app answers from now on. Otherwise the previous one still does. */
export type ApplyResult = { ok: true; output: string[] } | { ok: false; output: string[]; error: PythonError }

export interface FactResult {
  /** What it printed, as `npm run record -- --facts` records it. */
  output: string
  error: PythonError | null
}

export interface BootProgress {
  /** In this order: files arrive, Python starts, FastAPI and its packages are imported, the project starts. */
  stage: 'download' | 'python' | 'packages' | 'project'
  /** Bytes received and in total, while downloading; compressed as they travel where the server says so. */
  doneBytes: number
  totalBytes: number
}

export interface OriginalVersions {
  python: string
  /** By name, such as `fastapi`. */
  packages: Record<string, string>
}

/** Why the original can't answer. After each of these it can be booted again. */
export type OriginalFaultKind =
  /** This server has no bundle of it. */
  | 'absent'
  /** It is being built beside the running server. */
  | 'preparing'
  /** Its files can't be loaded. */
  | 'offline'
  /** The server has another version by now, whose files have other addresses. */
  | 'outdated'
  /** Python didn't start; `message` has the reason. */
  | 'failed'
  | 'cancelled'
  /** It took longer than `HANG_LIMIT_MS`, or longer than this device needs, so its worker was ended. Data and edits in it are gone. */
  | 'hung'
  /** It needed more than `MAX_MEMORY_BYTES`, or more than the tab has. */
  | 'memory'
  /** `close()` was called, or it wasn't booted. */
  | 'closed'

/** After so many milliseconds without an answer, a request or an edit counts as an endless loop; on a slow device after more. */
export const HANG_LIMIT_MS = 5_000

/** Python gets no more: before that it raises MemoryError. A browser closes a tab that takes too much, with all that is in it. */
export const MAX_MEMORY_BYTES = 512 * 1024 * 1024

/** The original in this tab: real FastAPI in a worker. Calls are answered in turn, except `send`s, which overlap as in one process. */
export interface OriginalTab {
  /**
   * Loads and starts everything, or waits for a start under way. It begins with the project's own files and its seeded people.
   * @throws OriginalFault
   */
  boot(onProgress?: (progress: BootProgress) => void, signal?: AbortSignal): Promise<OriginalVersions>
  /** @throws OriginalFault */
  send(request: OriginalRequest, options?: { traceLines?: boolean }): Promise<OriginalAnswer>
  /**
   * Replaces files and starts the app anew. Files that aren't named become the project's own again.
   * @param options.keepData false: the database is seeded again
   * @throws OriginalFault
   */
  apply(files: ProjectFiles, options: { keepData: boolean }): Promise<ApplyResult>
  /** Seeds the database again and forgets wrong logins, with the files as applied. @throws OriginalFault */
  reset(): Promise<void>
  /** Committed rows, never with password hashes. @throws OriginalFault */
  rows(): Promise<StoreView>
  /** Runs a script with the project's modules and an empty database; the app and its data are untouched. @throws OriginalFault */
  runFact(code: string): Promise<FactResult>
  /** Ends the worker. What waits is rejected with `closed`. */
  close(): void
}
