import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/**
 * A module of this project as a script for `page.evaluate`, with what it imports.
 * @param entry its path from the root of the project
 * @param name the global variable that gets what it exports
 */
export async function browserBundle(entry: string, name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: { write: false, lib: { entry: resolve(root, entry), formats: ['iife'], name } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined
  if (chunk === undefined) throw new Error(`${entry} was not built.`)
  return `${chunk.code}\nglobalThis.${name} = ${name}`
}
