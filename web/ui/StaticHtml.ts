import { h, type FunctionalComponent } from 'vue'
import { proseLanguage } from './prose-language.ts'

/**
 * HTML that the build made of the deck's own text, or that was reduced to a few elements without attributes (`plainHtml`). `part` names it in a lesson's `html`, so
 * that a prerendered page can take it from its document.
 */
export const StaticHtml: FunctionalComponent<{ html: string; part: string; tag?: string }> = (props) =>
  h(props.tag ?? 'div', {
    ...(props.tag === 'code' ? {} : { lang: proseLanguage() }),
    'data-html': props.part,
    innerHTML: props.html,
  })

StaticHtml.props = ['html', 'part', 'tag']
