import { realpathSync } from 'node:fs'
import { createBuilder } from 'vite'
import { clearStamp, sourcesHash, stampBuild } from './stamp.mjs'

/** `npm run build`: client, server and prerendered pages into `dist/`. */
export async function build() {
  const hash = await sourcesHash()
  await clearStamp()
  // Vitest sets NODE_ENV to `test`: a build made on its behalf would contain Vue's development version.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const builder = await createBuilder({ logLevel: 'warn' }, null)
    await builder.buildApp()
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
  await stampBuild(hash)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  await build().catch((error) => {
    console.error(`Viva can't be built: ${error.message}`)
    process.exit(1)
  })
}
