export function ensureBuilt(options?: {
  announce?: () => void
  waiting?: (pid: number) => void
}): Promise<void>
