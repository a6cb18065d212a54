/** Pages for learners: each must fit every screen and pass axe. A new page belongs here. */
export const LEARNER_PAGES = [
  '/',
  '/lessons/jwt',
  '/playground',
  '/original',
  '/original/facts',
  '/original/fact?lesson=database-connection&id=engine-is-lazy',
  '/about',
  '/glossary',
  '/practice',
  '/practice/quiz',
  '/practice/tasks',
  '/practice/mock',
  '/review',
  '/progress',
  '/cheat-sheet',
]
