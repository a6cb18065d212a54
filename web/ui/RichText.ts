import { h, type FunctionalComponent } from 'vue'
import { proseLanguage } from './prose-language.ts'

/** A short text of the deck in which words between backticks are code. Viva's own words are `lang="en"`. */
export const RichText: FunctionalComponent<{ text: string; lang?: string }> = ({ text, lang: named }) => {
  const pieces = text.split('`').map((piece, index) => (index % 2 === 1 ? h('code', piece) : piece))
  const lang = proseLanguage(named)
  return lang ? h('span', { lang }, pieces) : pieces
}

RichText.props = ['text', 'lang']
