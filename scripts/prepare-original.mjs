import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { originalName, PREPARING } from './original-name.mjs'
import { processRecord } from './processes.mjs'

const root = resolve(import.meta.dirname, '..')
const script = join(root, 'scripts/original.mjs')

/**
 * Builds the original for the tab beside the running app, unless it is there. Nothing waits for it, and a machine that can't build it, such
 * as one without the build tools, does without.
 */
export function prepareOriginal() {
  if (!existsSync(script) || !existsSync(join(root, 'node_modules/pyodide/package.json'))) return
  const published = join(root, 'dist/original')
  if (existsSync(join(published, originalName(), 'manifest.json'))) return
  const child = spawn(process.execPath, [script, '--background'], { stdio: ['ignore', 'ignore', 'inherit'] })
  child.on('error', () => undefined)
  child.unref()
  // The builder does so, too, but a page may ask before it has begun.
  try {
    mkdirSync(published, { recursive: true })
    writeFileSync(join(published, PREPARING), JSON.stringify(processRecord(child.pid)))
  } catch {
    // It will say itself what is wrong with the folder.
  }
  process.on('exit', () => child.kill())
}
