export function ensureBuilt(announce?: () => void): Promise<void>
