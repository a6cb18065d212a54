import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'

const TAB = import.meta.dirname

/** The project's own files, for Node; a browser has them in its chunk. */
export function projectFiles(): Promise<ProjectFiles> {
  return pythonFiles(join(TAB, '..', 'project'))
}

/** The files of `harness/`. */
export function harnessFiles(): Promise<ProjectFiles> {
  return pythonFiles(join(TAB, 'harness'))
}

/** What some facts import. */
export function inProcess(): Promise<string> {
  return readFile(join(TAB, '..', 'facts', 'in_process.py'), 'utf8')
}

async function pythonFiles(folder: string): Promise<ProjectFiles> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.py')).sort()
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}
