import type {
  ApplyResult,
  BootProgress,
  FactResult,
  LineEvent,
  OriginalAnswer,
  OriginalRequest,
  OriginalTab,
  ProjectFiles,
} from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { OWN_FILES } from '../files/own-files.ts'

/** What a test asks of the stand-in for real FastAPI. */
export interface FakeTab extends OriginalTab {
  /** Requests as they were sent, such as `GET /items`, with `reset` and `apply` between them. */
  calls: string[]
  /** The next call fails with it, or the next one of this name, as `calls` has it. */
  failNext(fault: OriginalFault, call?: string): void
  /** Reports how far the start is; a slow `boot` goes on until it is cancelled. */
  report(progress: BootProgress): void
}

const encoder = new TextEncoder()

/**
 * Stands in for the worker: `GET /items` answers with the list that `routers/items.py` returns, as it is edited; `/boom` fails in line 3
 * of it; anything else is 404. A file with the line `nonsense` can't be imported. Of a script it knows `print("…")` and `raise …`.
 */
export function fakeTab({ slow = false } = {}): FakeTab {
  const calls: string[] = []
  let files: ProjectFiles = OWN_FILES
  let next: { fault: OriginalFault; call: string | undefined } | null = null
  let progressed: ((progress: BootProgress) => void) | undefined
  const called = (name: string): void => {
    calls.push(name)
    if (next === null || (next.call ?? name) !== name) return
    const { fault } = next
    next = null
    throw fault
  }
  return {
    calls,
    failNext: (fault, call) => (next = { fault, call }),
    report: (progress) => progressed?.(progress),
    async boot(onProgress, signal) {
      called('boot')
      files = OWN_FILES
      progressed = onProgress
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new OriginalFault('cancelled', 'Cancelled.')))
        if (!slow) resolve()
      })
      return { python: '3.14.2', packages: { fastapi: '0.165.0' } }
    },
    async send(request, { traceLines = false } = {}) {
      called(`${request.method} ${request.path}`)
      return answerTo(request, files, traceLines)
    },
    async apply(edited): Promise<ApplyResult> {
      called('apply')
      const broken = Object.entries(edited).find(([, text]) => /^nonsense$/m.test(text))
      if (broken) {
        const [file, text] = broken
        const line = text.split('\n').indexOf('nonsense') + 1
        const error = {
          type: 'NameError',
          message: 'nonsense',
          place: { file, line },
          traceback: `  ${file}`,
        }
        return { ok: false, output: [], error }
      }
      files = { ...OWN_FILES, ...edited }
      return { ok: true, output: [] }
    },
    async reset() {
      called('reset')
    },
    rows: async () => ({ revision: 0, tables: { users: { columns: ['id'], rows: [{ id: 1 }] } } }),
    async runFact(code) {
      called('fact')
      return factResult(code)
    },
    close: () => undefined,
  }
}

function factResult(code: string): FactResult {
  const lines = code.split('\n')
  const at = lines.findIndex((line) => line.startsWith('raise '))
  const ran = at < 0 ? lines : lines.slice(0, at)
  const output = ran.flatMap((line) => /^print\("(.*)"\)/.exec(line)?.[1] ?? []).map((text) => `${text}\n`)
  const place = { file: 'fact.py', line: at + 1 }
  const error = { type: 'ValueError', message: 'why', place, traceback: `File "fact.py", line ${at + 1}` }
  return { output: output.join('') || '\n', error: at < 0 ? null : error }
}

function answerTo(
  { method, path }: OriginalRequest,
  files: ProjectFiles,
  traceLines: boolean,
): OriginalAnswer {
  const items = /return (\[.*\])/.exec(files['routers/items.py'] ?? '')?.[1]?.replaceAll("'", '"') ?? '[]'
  const known: Record<string, [status: number, text: string]> = {
    'GET /items': [200, items],
    'POST /login': [200, '{"access_token": "h.p.s", "token_type": "bearer"}'],
    'GET /boom': [500, 'Internal Server Error'],
  }
  const [status, text] = known[`${method} ${path}`] ?? [404, '{"detail":"Not Found"}']
  const place = { file: 'routers/items.py', line: 3 }
  const failed = { type: 'ValueError', message: 'nothing handles this', place, traceback: 'Traceback …' }
  return {
    ...{ status, text, durationMs: 4, linesLeftOut: 0, output: [] },
    headers: [['content-type', status === 500 ? 'text/plain' : 'application/json']],
    body: encoder.encode(text),
    lines: traceLines ? LINES : [],
    error: status === 500 ? failed : null,
    trace: { id: '', requests: [] },
  }
}

const moment = (event: LineEvent['event'], line: number, rest: Partial<LineEvent> = {}): LineEvent => ({
  ...{ file: 'routers/items.py', line, event, function: 'get_items', depth: 1, locals: {}, atMs: 1 },
  ...rest,
})

const LINES: LineEvent[] = [
  moment('call', 37, { file: 'database.py', function: 'get_db', depth: 0 }),
  moment('call', 13),
  moment('line', 14, { locals: { limit: '10' } }),
  moment('return', 14, { locals: { limit: '10' }, value: "['item1', 'item2']" }),
]
