import type { PyodideAPI } from 'pyodide'
import type {
  ApplyResult,
  FactResult,
  OriginalAnswer,
  OriginalRequest,
  OriginalVersions,
  ProjectFiles,
} from '#contract/original-tab/engine.ts'
import type { StoreView } from '#contract/sandbox.ts'

/** bcryptjs, which stands in for bcrypt. */
interface Bcrypt {
  genSaltSync: (rounds: number) => string
  hashSync: (password: string, salt: string) => string
}

/** What the engine is made of, besides Pyodide. */
export interface EngineParts {
  /** The packages: `site.zip` of the bundle, and Pydantic's compiled core. */
  site: Uint8Array
  pydanticCore: Uint8Array
  /** The text of the files of `harness/`, by name. */
  harness: ProjectFiles
  /** The module `in_process` of `original/facts/`, which some facts import. */
  inProcess: string
  bcryptjs: Bcrypt
}

/** The original, running in this thread. */
export interface Engine {
  versions: OriginalVersions
  send: (request: OriginalRequest, traceLines: boolean) => Promise<OriginalAnswer>
  apply: (files: ProjectFiles, keepData: boolean) => Promise<ApplyResult>
  reset: () => Promise<ApplyResult>
  rows: () => StoreView
  runFact: (code: string) => FactResult
  /** Bytes of memory that Python has taken. It never gives any back. */
  memoryBytes: () => number
}

/** The harness's functions, as Pyodide shows them. */
interface Harness {
  install: (bcryptjs: Bcrypt) => string
  send: (request: string, body: Uint8Array | undefined, traceLines: boolean) => Promise<SentProxy>
  apply: (files: string, keepData: boolean) => Promise<string>
  reset: () => Promise<string>
  rows: () => string
  run_fact: (code: string) => string
}

interface SentProxy {
  toJs: () => [answer: string, body: Uint8Array]
  destroy: () => void
}

/** For `loadPyodide`: no package comes from anywhere but the bundle. */
export const NO_PACKAGES = {
  info: {
    abi_version: '2026_0',
    arch: 'wasm32',
    platform: 'emscripten_5_0_3',
    version: '314.0.7',
    python: '3.14.2',
  },
  packages: {},
} as const

const SITE = '/lib/site.zip'
const CORE = '/lib/_pydantic_core.so'
const HARNESS = '/lib/viva'

/** zipimport can't load a shared library from an archive. */
const IMPORT_CORE = `
import importlib.machinery, importlib.util, os, sys
sys.path[:0] = ['${SITE}', '${HARNESS}']

class PydanticCore:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == 'pydantic_core._pydantic_core':
            loader = importlib.machinery.ExtensionFileLoader(name, '${CORE}')
            return importlib.util.spec_from_file_location(name, '${CORE}', loader=loader)

sys.meta_path.insert(0, PydanticCore)
`

/**
 * Puts the packages and the harness into a Pyodide that has just been loaded, and imports them. The project isn't started: `apply` does that.
 * @throws what Python raises when a package can't be imported
 */
export function startEngine(
  python: PyodideAPI,
  { site, pydanticCore, harness, inProcess, bcryptjs }: EngineParts,
  environment: Readonly<Record<string, string>> = {},
): Engine {
  python.FS.mkdirTree(`${HARNESS}/harness`)
  python.FS.mkdirTree('/project')
  python.FS.writeFile(SITE, site)
  python.FS.writeFile(CORE, pydanticCore)
  python.FS.writeFile(`${HARNESS}/in_process.py`, inProcess)
  for (const [name, text] of Object.entries(harness)) python.FS.writeFile(`${HARNESS}/harness/${name}`, text)
  python.runPython(IMPORT_CORE)
  const environ = python.toPy(environment) as unknown
  python.globals.set('settings', environ)
  python.runPython('os.environ.update(settings)')
  const calls = python.pyimport('harness') as unknown as Harness
  const versions = JSON.parse(calls.install(bcryptjs)) as OriginalVersions
  let revision = 0
  return {
    versions,
    send: async (request, traceLines) => {
      revision += 1
      const { body, ...head } = request
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? undefined)
      const sent = await calls.send(JSON.stringify(head), bytes, traceLines)
      const [answer, content] = sent.toJs()
      sent.destroy()
      // Not a view on Python's memory, which moves when it grows.
      const own = new Uint8Array(content)
      const text = new TextDecoder().decode(own)
      return { ...(JSON.parse(answer) as OriginalAnswer), body: own, text }
    },
    apply: async (files, keepData) =>
      JSON.parse(await calls.apply(JSON.stringify(files), keepData)) as ApplyResult,
    reset: async () => {
      revision = 0
      return JSON.parse(await calls.reset()) as ApplyResult
    },
    rows: () => ({ revision, tables: JSON.parse(calls.rows()) as StoreView['tables'] }),
    runFact: (code) => JSON.parse(calls.run_fact(code)) as FactResult,
    memoryBytes: () => (python as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8.length,
  }
}
