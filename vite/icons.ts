import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { drawIcon, readIcon } from './draw-icon.ts'
import { pngOf } from './png.ts'

/** Pixels of each icon that a device shows. Full ones have no corners: the system cuts its own shape out of them. */
const PICTURES = [
  { name: 'icons/viva-192.png', size: 192, isFull: false },
  { name: 'icons/viva-512.png', size: 512, isFull: false },
  { name: 'icons/viva-full-512.png', size: 512, isFull: true },
  { name: 'apple-touch-icon.png', size: 180, isFull: true },
]
const FULL_SVG = 'icons/viva-full.svg'

/** The icons of the installed app, all drawn from `public/favicon.svg`. */
export function icons(): Plugin {
  let publicDir = ''
  const draw = async (): Promise<Map<string, Buffer | string>> => {
    const svg = await readFile(join(publicDir, 'favicon.svg'), 'utf8')
    const icon = readIcon(svg)
    const pictures = PICTURES.map(
      ({ name, size, isFull }) => [name, pngOf(drawIcon(icon, size, isFull))] as const,
    )
    return new Map<string, Buffer | string>([...pictures, [FULL_SVG, svg.replace(/ rx="[^"]+"/, '')]])
  }
  return {
    name: 'viva:icons',
    applyToEnvironment: (environment) => environment.name === 'client',
    configResolved(config) {
      publicDir = config.publicDir
    },
    async generateBundle() {
      for (const [fileName, source] of await draw()) this.emitFile({ type: 'asset', fileName, source })
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = request.url?.split('?')[0]?.slice(1) ?? ''
        if (name !== FULL_SVG && !PICTURES.some((picture) => picture.name === name)) return next()
        response.setHeader('Content-Type', name === FULL_SVG ? 'image/svg+xml' : 'image/png')
        draw().then((drawn) => response.end(drawn.get(name)), next)
      })
    },
  }
}
