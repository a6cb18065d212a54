export const DIST: string
export function ensureBuilt(options?: {
  announce?: () => void
  waiting?: (line: string) => void
}): Promise<string>
