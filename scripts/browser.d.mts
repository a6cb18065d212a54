export const browserArguments: string[]
export function installedBrowser(): Promise<string | undefined>
export function findBrowser(): Promise<string | undefined>
export function installedFirefox(): string | undefined
export function hasWebKit(): boolean
