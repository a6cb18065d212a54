import type { PostgresDatabase } from './database.ts'
import type { SavedTrace, TraceTable } from '../storage.ts'

/** Requests kept for one sandbox, and for how many seconds. */
const MOST = 120
const LIFETIME = 15 * 60

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
      (_, at) => `($${at * 5 + 1}, $${at * 5 + 2}, $${at * 5 + 3}, $${at * 5 + 4}, $${at * 5 + 5})`,
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
    const rows = await this.#database.query<{ request: string }>(sql, [sandbox, traceId, LIFETIME])
    return rows.map(({ request }) => request)
  }

  /** Takes away what is too old, and what is too many of the sandboxes that were written to here. */
  async prune(): Promise<void> {
    const written = [...this.#written]
    this.#written.clear()
    await this.#database.query(`DELETE FROM traces WHERE started_at < now() - $1 * interval '1 second'`, [
      LIFETIME,
    ])
    for (const sandbox of written) {
      await this.#database.query(
        `DELETE FROM traces WHERE sandbox_id = $1 AND started_at <
          (SELECT started_at FROM traces WHERE sandbox_id = $1 ORDER BY started_at DESC OFFSET $2 LIMIT 1)`,
        [sandbox, MOST - 1],
      )
    }
  }
}
