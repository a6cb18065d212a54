import { join } from 'node:path'
import { createBuilder } from 'vite'

/** Builds client, server and prerendered pages into this folder. */
export async function build(folder) {
  if (folder.includes('?'))
    throw new Error(`Vite can't build in a folder with ? in its path, such as ${folder}`)
  // Vitest sets NODE_ENV to `test`: a build made on its behalf would contain Vue's development version.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const environments = Object.fromEntries(
      ['client', 'server', 'prerender'].map((name) => [
        name === 'server' ? 'ssr' : name,
        { build: { outDir: join(folder, name) } },
      ]),
    )
    const builder = await createBuilder({ logLevel: 'warn', environments }, null)
    await builder.buildApp()
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}
