import { hasForeignProse, siteLanguage } from 'virtual:site-title'
import { inject, provide } from 'vue'

const KEY = 'prose-language'

/** Names the language of the deck's text in the components below, such as `de`. Without it, they are in the first deck's. */
export function provideProseLanguage(language: () => string | undefined): void {
  if (hasForeignProse) provide(KEY, language)
}

/**
 * What goes into `lang` on the deck's own text, for use while a component renders. The page itself is in English, so English
 * text needs none: undefined. Where all decks are in English, the build leaves this out.
 * @param named the text's language, where it isn't that of what surrounds it
 */
export function proseLanguage(named?: string): string | undefined {
  if (!hasForeignProse) return undefined
  const language = named ?? inject<(() => string | undefined) | null>(KEY, null)?.() ?? siteLanguage
  return language === 'en' ? undefined : language
}
