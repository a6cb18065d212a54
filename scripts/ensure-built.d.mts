export function ensureBuilt(told?: { announce?: () => void; waiting?: (pid: number) => void }): Promise<void>
