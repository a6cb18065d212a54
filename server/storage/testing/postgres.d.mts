export function postgresUrl(): Promise<string | undefined>
export function stopPostgres(): Promise<void>
