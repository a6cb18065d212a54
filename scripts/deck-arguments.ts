import { deckFolders } from './deck-folders.mjs'

/** What a command about decks was called with: `npm run … -- [folder] [--option …]`. */
export interface DeckArguments {
  /** The deck that was named, or those of CONTENT_DIR, or the built-in one. */
  folders: string[]
  /** The value of `--name=value`; undefined where it isn't given. */
  valueOf: (name: string) => string | undefined
  /** Whether `--name` is given. */
  has: (name: string) => boolean
}

/**
 * Reads the arguments of a command about decks.
 * @param options the forms of the options that it knows
 * @returns null where there is another option, or more than one folder
 */
export function deckArguments(args: readonly string[], options: RegExp): DeckArguments | null {
  const named = args.filter((arg) => !arg.startsWith('--'))
  const given = args.filter((arg) => arg.startsWith('--'))
  if (named.length > 1 || given.some((option) => !options.test(option))) return null
  return {
    folders: named.length > 0 ? named : deckFolders(),
    valueOf: (name) => given.find((option) => option.startsWith(`--${name}=`))?.slice(`--${name}=`.length),
    has: (name) => given.includes(`--${name}`),
  }
}
