import type { PlatformPath } from 'node:path'

export function ignored(
  root: string,
  folders: readonly string[],
  decks: readonly string[],
): (path: string) => boolean
export function isWithin(
  path: string,
  folder: string,
  system?: Pick<PlatformPath, 'isAbsolute' | 'relative' | 'sep'>,
): boolean
