import { relative, sep } from 'node:path'

/**
 * How faults, pages and patterns name a file: its path from the project's folder, with slashes on every system. On another drive of
 * Windows, it is the whole path.
 * @param root the project's folder, absolute
 * @param path absolute
 * @param system where to take paths from; this system's by default
 */
export function fileName(root: string, path: string, system = { relative, sep }): string {
  return system.relative(root, path).split(system.sep).join('/')
}
