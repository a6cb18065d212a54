import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import bcryptjs from 'bcryptjs'
import { loadPyodide } from 'pyodide'
import { startEngine, NO_PACKAGES, type Engine } from '../engine.ts'
import { harnessFiles, inProcess, projectFiles } from '../files.ts'

const require = createRequire(import.meta.url)

/** The files that a browser loads beside Pyodide's own. */
const MADE = ['site.zip', 'stdlib.zip', 'pydantic_core.so', 'NOTICE.txt']
const OF_PYODIDE = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm']

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const PERSON = { name: 'A', email: 'a@example.com', password: 'not-in-any-list' }

const REQUESTS: [method: string, path: string, type?: string, body?: string][] = [
  ['GET', '/openapi.json'],
  ['GET', '/docs'],
  ['GET', '/users/?limit=2'],
  ['POST', '/users/', JSON_TYPE, JSON.stringify(PERSON)],
  ['POST', '/users/', JSON_TYPE, '{"email": "no"}'],
  ['POST', '/login', FORM_TYPE, 'username=a%40example.com&password=not-in-any-list'],
  ['POST', '/login', 'multipart/form-data; boundary=x', '--x\r\n\r\n--x--\r\n'],
  ['GET', '/lab/boom'],
  ['GET', '/lab/two-calls?ms=1&how=together'],
]

const FACT = `
from fastapi import FastAPI
from fastapi.testclient import TestClient
print(TestClient(FastAPI()).get("/").status_code)
`

interface Maker {
  unpack: (wheels: unknown) => void
  make: () => void
}

/**
 * Makes what a browser loads: Pyodide, its standard library and the packages, compiled where the original uses them.
 * @param wheels paths
 * @param target an empty folder
 */
export async function makeBundle(wheels: readonly string[], target: string): Promise<void> {
  const python = await loadPyodide({ lockFileContents: NO_PACKAGES })
  const bytesOf = (name: string): Uint8Array => python.FS.readFile(`/bundle/${name}`) as Uint8Array
  for (const folder of ['/wheels', '/lib/viva']) python.FS.mkdirTree(folder)
  const inside = wheels.map((wheel) => `/wheels/${basename(wheel)}`)
  for (const [index, wheel] of wheels.entries())
    python.FS.writeFile(inside[index] ?? '', new Uint8Array(await readFile(wheel)))
  const maker = await readFile(join(import.meta.dirname, 'make_bundle.py'), 'utf8')
  python.FS.writeFile('/lib/viva/make_bundle.py', maker)
  python.runPython("import sys; sys.path.insert(0, '/lib/viva')")
  const { unpack, make } = python.pyimport('make_bundle') as unknown as Maker
  unpack(python.toPy(inside))
  const parts = { harness: await harnessFiles(), inProcess: await inProcess(), bcryptjs }
  const [site, pydanticCore] = [bytesOf('site.zip'), bytesOf('pydantic_core.so')]
  await useEverything(startEngine(python, { ...parts, site, pydanticCore }))
  make()

  await mkdir(target, { recursive: true })
  for (const name of MADE) await writeFile(join(target, name), bytesOf(name))
  const folder = dirname(require.resolve('pyodide/package.json'))
  for (const name of OF_PYODIDE) await copyFile(join(folder, name), join(target, name))
}

/** Modules that are imported only when they are needed are needed here. */
async function useEverything(engine: Engine): Promise<void> {
  const started = await engine.apply(await projectFiles(), false)
  if (!started.ok) throw new Error(started.error.traceback)
  for (const [method, path, type, body] of REQUESTS) {
    const headers = type ? [['Content-Type', type] as const] : []
    await engine.send({ method, path, headers, body: body ?? null }, true)
  }
  const fact = engine.runFact(FACT)
  if (fact.error) throw new Error(fact.error.traceback)
}
