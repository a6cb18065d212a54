import { stopPostgres } from '../server/storage/testing/postgres.mjs'

/** Vitest's global teardown: stops the PostgreSQL server that tests may have started. */
export { stopPostgres as teardown }
