import { createBuilder } from 'vite'
import { clearStamp, stampBuild } from './stamp.mjs'

/** `npm run build`: client, server and prerendered pages into `dist/`. */
export async function build() {
  await clearStamp()
  const builder = await createBuilder({ logLevel: 'warn' }, null)
  await builder.buildApp()
  await stampBuild()
}

if (process.argv[1] === import.meta.filename) {
  await build().catch((error) => {
    console.error(`Viva can't be built: ${error.message}`)
    process.exit(1)
  })
}
