import { decks } from 'virtual:decks'
import { defineComponent } from 'vue'
import { provideProseLanguage } from './prose-language.ts'

/** What it shows is text of one deck, in a list or on a page that has several. `deck` is its index; without it, the first one. */
export const InDeck = defineComponent(
  (props: { deck?: number | undefined }, { slots }) => {
    provideProseLanguage(() => decks[props.deck ?? 0]?.language)
    return () => slots.default?.()
  },
  { props: ['deck'] },
)
