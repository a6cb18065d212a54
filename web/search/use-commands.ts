import { hasGlossary } from 'virtual:has-glossary'
import { hasBugs, hasQuizzes, hasTasks } from 'virtual:has-practice'
import { useRoute, useRouter } from 'vue-router'
import { copyText } from '../browser/clipboard.ts'
import { useDeckStore } from '../stores/deck.ts'
import { useProgressStore } from '../stores/progress.ts'
import { THEMES, useThemeStore } from '../stores/theme.ts'

/** An action of the palette. */
export interface Command {
  id: string
  title: string
  keys?: string
  /** Returns a message to show; without one, the palette closes. */
  run: () => string | void | Promise<string | void>
}

/** The commands that make sense on the current page. @param showKeys opens the list of shortcuts */
export function useCommands(showKeys: () => void): Command[] {
  const router = useRouter()
  const route = useRoute()
  const theme = useThemeStore()
  const progress = useProgressStore()
  const lesson = useDeckStore().lessons.get(String(route.params.name))
  const turns = (['next', 'previous'] as const).flatMap((where): Command[] => {
    const other = lesson?.[where]
    if (!other) return []
    const title = `${where === 'next' ? 'Next' : 'Previous'} question: ${other.number} ${other.title}`
    return [{ id: where, title, keys: where === 'next' ? 'j' : 'k', run: () => go(`/lessons/${other.name}`) }]
  })
  const go = (to: string): void => void router.push(to)

  return [
    ...turns,
    { id: 'home', title: 'All questions', keys: 'g h', run: () => go('/') },
    { id: 'playground', title: 'Full-page playground', keys: 'g p', run: () => go('/playground') },
    ...(hasGlossary ? [{ id: 'glossary', title: 'Glossary', run: () => go('/glossary') }] : []),
    { id: 'practice', title: 'Practice: say it', keys: 'g s', run: () => go('/practice') },
    ...(hasQuizzes ? [{ id: 'quiz', title: 'Quiz', run: () => go('/practice/quiz') }] : []),
    ...(hasTasks ? [{ id: 'tasks', title: 'Tasks', run: () => go('/practice/tasks') }] : []),
    ...(hasBugs ? [{ id: 'bugs', title: 'Bugs to fix', run: () => go('/practice/bugs') }] : []),
    { id: 'mock', title: 'Mock interview', run: () => go('/practice/mock') },
    { id: 'review', title: 'Review what is due', keys: 'g r', run: () => go('/review') },
    { id: 'progress', title: 'Progress', run: () => go('/progress') },
    { id: 'cheat-sheet', title: 'Cheat sheet, two pages to print', run: () => go('/cheat-sheet') },
    ...(lesson
      ? [{ id: 'say', title: 'Say this question', run: () => go(`/practice?question=${lesson.name}`) }]
      : []),
    { id: 'docs', title: 'API docs (Swagger UI)', run: () => location.assign('/docs') },
    { id: 'redoc', title: 'API docs (ReDoc)', run: () => location.assign('/redoc') },
    { id: 'reset', title: 'Reset the sandbox to its three users', run: resetSandbox },
    ...THEMES.filter((known) => known !== theme.theme).map((known) => ({
      id: `theme-${known}`,
      title: `Theme: ${known}`,
      run: () => theme.choose(known),
    })),
    { id: 'link', title: 'Copy a link to this page and step', run: copyAddress },
    { id: 'forget', title: 'Clear what I read and proved', run: () => forget() },
    { id: 'keys', title: 'Keyboard shortcuts', keys: '?', run: showKeys },
    { id: 'about', title: 'How Viva works', run: () => go('/about') },
  ]

  function forget(): string {
    progress.forget()
    return 'Cleared: no lesson counts as read, proved or ticked.'
  }
}

async function resetSandbox(): Promise<string> {
  const [{ usePeopleStore }, { usePlaygroundStore }] = await Promise.all([
    import('../playground/run/people-store.ts'),
    import('../playground/run/playground-store.ts'),
  ])
  try {
    await usePeopleStore().reset()
    usePlaygroundStore().forget()
    return 'The sandbox is reset: it holds its three original users.'
  } catch (error) {
    return `The sandbox couldn’t be reset. ${error instanceof Error ? error.message : ''}`
  }
}

async function copyAddress(): Promise<string> {
  return (await copyText(location.href))
    ? 'Link copied.'
    : 'Couldn’t copy the link. You can copy it from the address bar.'
}
