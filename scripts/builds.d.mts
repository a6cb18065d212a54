export function buildFolder(dist: string, hash: string): string
export function newestBuild(dist: string): Promise<string | undefined>
export function newDraft(dist: string): Promise<string>
export function publishBuild(draft: string, folder: string): Promise<void>
export function useBuild(folder: string): Promise<boolean>
export function removeOldBuilds(dist: string): Promise<void>
