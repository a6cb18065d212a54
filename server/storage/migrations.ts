/** Turns the data of one schema into those of the next. It changes nothing in place and asks nothing of the world. */
export type Migration = (data: unknown) => unknown

/** The first leads from schema 1 to 2, the second from 2 to 3, and so on: what is today's schema follows from their number. */
export const MIGRATIONS: readonly Migration[] = []

export function newestSchema(migrations: readonly Migration[]): number {
  return migrations.length + 1
}

/** Takes every step from a schema to the newest. */
export function migrate(data: unknown, from: number, migrations: readonly Migration[]): unknown {
  return migrations.slice(from - 1).reduce((older, step) => step(older), data)
}
