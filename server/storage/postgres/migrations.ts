import pg from 'pg'

/** An arbitrary number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_217_405

/**
 * The tables, from version to version. A step that has been released never changes: add another one.
 * Plain SQL, as CockroachDB and YugabyteDB take it too; texts instead of `jsonb`, which refuses U+0000.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE sandboxes (
      id text PRIMARY KEY,
      next_id integer NOT NULL CHECK (next_id >= 1),
      revision integer NOT NULL CHECK (revision >= 0),
      users integer NOT NULL CHECK (users BETWEEN 0 AND 200),
      bytes integer NOT NULL CHECK (bytes BETWEEN 0 AND 262144),
      used_at timestamptz NOT NULL
    )`,
    `CREATE INDEX sandboxes_used_at ON sandboxes (used_at)`,
    `CREATE TABLE users (
      sandbox_id text NOT NULL REFERENCES sandboxes (id) ON DELETE CASCADE,
      id integer NOT NULL CHECK (id >= 1),
      name text NOT NULL,
      email text NOT NULL,
      age integer,
      bio text,
      created_at text NOT NULL,
      hashed_password text NOT NULL,
      PRIMARY KEY (sandbox_id, id),
      CONSTRAINT users_email_key UNIQUE (sandbox_id, email)
    )`,
    `CREATE TABLE events (
      stream text NOT NULL,
      number integer NOT NULL CHECK (number >= 1),
      at timestamptz NOT NULL,
      data text NOT NULL,
      PRIMARY KEY (stream, number)
    )`,
    `CREATE TABLE traces (
      sandbox_id text NOT NULL,
      trace_id text NOT NULL,
      span_id text NOT NULL,
      started_at timestamptz NOT NULL,
      request text NOT NULL,
      PRIMARY KEY (sandbox_id, trace_id, span_id)
    )`,
    `CREATE INDEX traces_started_at ON traces (sandbox_id, started_at)`,
    `CREATE TABLE instances (id text PRIMARY KEY, seen_at timestamptz NOT NULL)`,
  ],
  // As rate-limiter-flexible expects it; `expire` is in milliseconds since 1970.
  [
    `CREATE TABLE rate_limits (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    )`,
  ],
  // The newest trusted time, in milliseconds since 1970: one row.
  [`CREATE TABLE lived (id integer PRIMARY KEY CHECK (id = 1), at bigint NOT NULL)`],
]

/**
 * Brings the tables up to this version, on a separate connection. When several instances start at once, one does the work and
 * the others wait for it. Each step is one transaction: it is applied together with its number, or not at all.
 * @throws what the driver throws, or {Error} when a newer version of Viva made the tables
 */
export async function migrateTables(url: string, migrations = MIGRATIONS): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'CREATE TABLE IF NOT EXISTS viva_migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL)',
    )
    const { rows } = await client.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM viva_migrations',
    )
    const version = rows[0]?.version ?? 0
    if (version > migrations.length) {
      throw new Error(
        `a newer version of Viva created its tables (version ${version}; this one knows up to ${migrations.length})`,
      )
    }
    for (const [index, statements] of migrations.entries()) {
      if (index >= version) await step(client, index + 1, statements)
    }
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => undefined)
  }
}

async function step(client: pg.Client, version: number, statements: readonly string[]): Promise<void> {
  await client.query('BEGIN')
  try {
    for (const statement of statements) await client.query(statement)
    await client.query('INSERT INTO viva_migrations (version, applied_at) VALUES ($1, now())', [version])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
