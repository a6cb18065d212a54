import type { DeckInfo } from '#contract/deck.ts'

/** The manifest of the installed app, which is named after its first deck. */
export function appManifest(deck: DeckInfo | undefined): object {
  return {
    id: '/',
    name: `Viva: ${deck?.title}`,
    short_name: 'Viva',
    description: deck?.description,
    lang: deck?.language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    categories: ['education'],
    icons: [
      { src: '/favicon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      { src: '/icons/viva-192.png', type: 'image/png', sizes: '192x192', purpose: 'any' },
      { src: '/icons/viva-512.png', type: 'image/png', sizes: '512x512', purpose: 'any' },
      { src: '/icons/viva-full.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'maskable' },
      { src: '/icons/viva-full-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'Review', url: '/review' },
      { name: 'Say an answer', url: '/practice' },
    ],
  }
}
