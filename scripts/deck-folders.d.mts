/**
 * The folders of the decks that `CONTENT_DIR` names: one, or several with the platform's delimiter between them; without it, the
 * built-in deck's.
 */
export function deckFolders(setting?: string): string[]
