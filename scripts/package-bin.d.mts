export function packageBin(name: string, command?: string): string
