/** A hash of everything that the build reads, the deck's folder included. */
export function sourcesHash(): Promise<string>
export function isSource(path: string): boolean
