import requirements from '../../../original/project/requirements.txt?raw'
import { projectFiles } from '../project-files.ts'

/** What the project needs to run elsewhere. */
export const REQUIREMENTS = requirements

/** The project's own files by path, in the order in which one reads them. */
export const OWN_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(projectFiles).sort(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other)),
)

/** `main.py` first, what everything else builds on last. */
function rank(path: string): number {
  const order = ['main.py', 'routers/', 'schemas.py', 'models.py', 'auth.py', 'database.py', 'middleware.py']
  const at = order.findIndex((name) => path === name || (name.endsWith('/') && path.startsWith(name)))
  return path.endsWith('__init__.py') || at < 0 ? order.length : at
}
