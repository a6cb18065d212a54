import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'

/**
 * The folders of the decks that `CONTENT_DIR` names: one, or several with the platform's delimiter between them; without it, the
 * built-in deck's.
 */
export function deckFolders(setting = process.env.CONTENT_DIR) {
  const folders = setting ? (existsSync(setting) ? [setting] : setting.split(delimiter)) : []
  const named = folders.filter((folder) => folder !== '')
  return named.length > 0 ? [...new Set(named)] : ['content/lessons']
}
