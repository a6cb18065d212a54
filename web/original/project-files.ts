import type { ProjectFiles } from '#contract/original-tab/engine.ts'

const texts = import.meta.glob<string>(
  ['../../original/project/*.py', '../../original/project/routers/*.py'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)

const FOLDER = '/original/project/'

/** The project's own files, by path: the very ones whose regions the lessons show. */
export const projectFiles: ProjectFiles = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.slice(path.indexOf(FOLDER) + FOLDER.length), text]),
)
