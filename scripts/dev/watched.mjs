import { isAbsolute, join, relative, sep } from 'node:path'

/**
 * What Vite's watcher leaves out: data, builds and virtual environments of the project itself. A deck may lie anywhere, also below a
 * folder with such a name.
 * @param root the project's folder
 * @param folders others to leave out, such as the data folder
 * @param decks are watched even where they lie in one of these
 */
export function ignored(root, folders, decks) {
  const left = [...['data', 'dist'].map((name) => join(root, name)), ...folders]
  return (path) =>
    !decks.some((deck) => isWithin(path, deck)) &&
    (left.some((folder) => isWithin(path, folder)) || path.split(/[\\/]/).includes('.venv'))
}

/**
 * Whether a path is a folder or lies below it.
 * @param system where to take paths from; this system's by default
 */
export function isWithin(path, folder, system = { isAbsolute, relative, sep }) {
  const way = system.relative(folder, path)
  // Between two drives of Windows, there is no relative path.
  return !system.isAbsolute(way) && way !== '..' && !way.startsWith(`..${system.sep}`)
}
