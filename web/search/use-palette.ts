import { computed, onMounted, shallowRef, watch } from 'vue'
import type { SearchEntry } from '#contract/search.ts'
import { useDeckStore } from '../stores/deck.ts'
import { excerptOf, loadFind, type Find } from './find.ts'
import type { Command } from './use-commands.ts'

/** A line of the palette: a page to go to, or a command. */
export interface Choice {
  id: string
  title: string
  /** Shown in small print beside the title. */
  about: string
  excerpt: string
  to?: string
  command?: Command
}

export interface Group {
  title: string
  choices: Choice[]
}

/**
 * What the palette lists for the typed words.
 * @param typed the words to start with
 */
export function usePalette(commands: readonly Command[], typed: string) {
  const deck = useDeckStore()
  const words = shallowRef(typed)
  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')
  const find = shallowRef<Find>()
  const chosen = shallowRef(0)
  let loading = Promise.resolve()

  function load(): Promise<void> {
    return (loading = loadIndex())
  }

  async function loadIndex(): Promise<void> {
    state.value = 'loading'
    try {
      find.value = await loadFind()
      state.value = 'ready'
    } catch {
      state.value = 'failed'
    }
  }

  onMounted(() => {
    void load()
    void deck.loadCards()
  })

  const groups = computed<Group[]>(() => {
    const typed = words.value.trim()
    const all =
      typed === '' ? [lessons(), matchingCommands('')] : [matchingCommands(typed), ...results(typed)]
    return all.filter(({ choices }) => choices.length > 0)
  })
  const choices = computed(() => groups.value.flatMap((group) => group.choices))
  watch(words, () => (chosen.value = 0))

  function move(by: number): void {
    const count = choices.value.length
    if (count > 0) chosen.value = (chosen.value + by + count) % count
  }

  /** The chosen line, once the index has loaded; undefined if other words were typed meanwhile. */
  async function chosenOnceLoaded(): Promise<Choice | undefined> {
    const typed = words.value
    if (choices.value[chosen.value] === undefined) await loading
    return words.value === typed ? choices.value[chosen.value] : undefined
  }

  function lessons(): Group {
    const choices = deck.cards.map(({ slug, name, number, title, question }) => ({
      id: slug,
      title,
      about: String(number),
      excerpt: question.replaceAll('`', ''),
      to: `/lessons/${name}`,
    }))
    return { title: 'Questions', choices }
  }

  function results(typed: string): Group[] {
    const found = find.value?.(typed) ?? []
    const of = (kind: SearchEntry['kind']): Choice[] =>
      found
        .filter((entry) => entry.kind === kind)
        .slice(0, 8)
        .map(({ id, to, title, lesson, text }) => ({
          id,
          to,
          title,
          about: lesson,
          excerpt: excerptOf(text, typed),
        }))
    return [
      { title: 'Questions', choices: of('lesson') },
      { title: 'Glossary', choices: of('term') },
      { title: 'In the text', choices: of('section') },
      { title: 'Steps to run', choices: of('step') },
    ]
  }

  function matchingCommands(typed: string): Group {
    const wanted = typed.toLowerCase().split(/\s+/)
    const fitting = commands.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
    const choices = fitting.map((command) => ({
      id: command.id,
      title: command.title,
      about: command.keys ?? '',
      excerpt: '',
      command,
    }))
    return { title: 'Commands', choices }
  }

  return { words, state, groups, choices, chosen, move, load, chosenOnceLoaded }
}
