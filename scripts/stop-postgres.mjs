import { stopPostgres } from '../server/storage/testing/postgres.mjs'

/** Vitest's global teardown: the server that tests may have started ends with them. */
export { stopPostgres as teardown }
