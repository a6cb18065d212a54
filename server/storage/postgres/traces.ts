import type { PostgresDatabase } from './database.ts'
import type { SavedTrace, TraceTable } from '../storage.ts'

/** How many requests are kept for one sandbox, and for how long. */
const MAX_REQUESTS = 120
const LIFETIME_SECONDS = 15 * 60

/** Traces in the database, where every instance finds them. */
export class PostgresTraces implements TraceTable {
  readonly #database: PostgresDatabase
  readonly #written = new Set<string>()

  constructor(database: PostgresDatabase) {
    this.#database = database
  }

  async save(traces: readonly SavedTrace[]): Promise<void> {
    const values = traces.flatMap(({ sandbox, traceId, spanId, startedAt, request }) => [
      sandbox,
      traceId,
      spanId,
      new Date(startedAt),
      request,
    ])
    const rows = traces.map(
      (_, index) =>
        `($${index * 5 + 1}, $${index * 5 + 2}, $${index * 5 + 3}, $${index * 5 + 4}, $${index * 5 + 5})`,
    )
    await this.#database.query(
      `INSERT INTO traces (sandbox_id, trace_id, span_id, started_at, request) VALUES ${rows.join(', ')}
        ON CONFLICT (sandbox_id, trace_id, span_id) DO NOTHING`,
      values,
    )
    for (const { sandbox } of traces) this.#written.add(sandbox)
  }

  async find(sandbox: string, traceId: string): Promise<string[]> {
    const sql = `SELECT request FROM traces WHERE sandbox_id = $1 AND trace_id = $2
      AND started_at > now() - $3 * interval '1 second' ORDER BY started_at, span_id`
    const rows = await this.#database.query<{ request: string }>(sql, [sandbox, traceId, LIFETIME_SECONDS])
    return rows.map(({ request }) => request)
  }

  /** Removes old requests, and surplus ones of the sandboxes that this instance wrote to. */
  async prune(): Promise<void> {
    const written = [...this.#written]
    this.#written.clear()
    await this.#database.query(`DELETE FROM traces WHERE started_at < now() - $1 * interval '1 second'`, [
      LIFETIME_SECONDS,
    ])
    for (const sandbox of written) {
      await this.#database.query(
        `DELETE FROM traces WHERE sandbox_id = $1 AND started_at <
          (SELECT started_at FROM traces WHERE sandbox_id = $1 ORDER BY started_at DESC OFFSET $2 LIMIT 1)`,
        [sandbox, MAX_REQUESTS - 1],
      )
    }
  }
}
