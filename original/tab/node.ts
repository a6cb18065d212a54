import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import bcryptjs from 'bcryptjs'
import { loadPyodide } from 'pyodide'
import { NO_PACKAGES, startEngine, type Engine, type EngineParts } from './engine.ts'
import { harnessFiles, inProcess, projectFiles } from './files.ts'

/**
 * Starts the original in this process, from the files that a browser loads: no Python is needed.
 * @param bundle the folder of a bundle
 * @param environment variables for the project, such as JWT_SECRET
 * @param bcrypt what computes hashes
 * @throws Error with Python's traceback, if the project doesn't start
 */
export async function startInNode(
  bundle: string,
  environment: Readonly<Record<string, string>> = {},
  bcrypt: EngineParts['bcryptjs'] = bcryptjs,
): Promise<Engine> {
  const file = async (name: string) => new Uint8Array(await readFile(join(bundle, name)))
  const python = await loadPyodide({
    lockFileContents: NO_PACKAGES,
    stdLibURL: join(bundle, 'stdlib.zip'),
  })
  const engine = startEngine(
    python,
    {
      site: await file('site.zip'),
      pydanticCore: await file('pydantic_core.so'),
      harness: await harnessFiles(),
      inProcess: await inProcess(),
      bcryptjs: bcrypt,
    },
    environment,
  )
  const started = await engine.apply(await projectFiles(), false)
  if (!started.ok) throw new Error(started.error.traceback)
  return engine
}
