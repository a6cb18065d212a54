import type { StepDetail } from '#contract/trace.ts'
import { visibleChange } from '../sqlalchemy/store-step.ts'
import { countSql, createSql, insertSql, tableInfoSql } from '../sqlalchemy/sql.ts'
import type { SandboxStore, UserRow } from '../storage/storage.ts'
import { inStep, inStepSync, noteStep, Trace, type StepAbout } from '../trace/trace.ts'
import { continueTrace, START_UP } from '../trace/traceparent.ts'
import { User } from './models.ts'
import { seededRows } from './seed.ts'

type StoreDetail = Extract<StepDetail, { kind: 'store' }>

const { table } = User

/**
 * Puts a sandbox back to how it began, and traces it as the start of the Python project: its engine connects to nothing,
 * `create_all` is the first that needs a connection, and then the people are added. Here all of it is one write, for
 * which the last COMMIT waits.
 */
export async function startUp(store: SandboxStore): Promise<Trace> {
  const trace = new Trace({ ...continueTrace(undefined), traceId: START_UP }, 'START', 'main.py')
  trace.sandbox = store.id
  noteStep(trace, engine('Engine created', 'The pool is empty. Nothing is connected yet.'))
  await inStep(trace, call('main.lifespan', 'lifespan', 'Runs before the first request.'), async () => {
    inStepSync(
      trace,
      call('database.create_all', 'create_tables', 'Creates the tables that are missing.'),
      () => {
        noteStep(trace, engine('Connected', 'The first statement opens the first connection.'))
        for (const sql of tableInfoSql(table)) noteStep(trace, statement('pragma', sql))
        for (const sql of createSql(table)) noteStep(trace, statement('create', sql))
        noteStep(trace, statement('commit', 'COMMIT', 'database.create_all'))
      },
    )
    await inStep(trace, call('seed.people', 'seed_people', 'Adds the people to an empty table.'), () =>
      seed(store, trace),
    )
  })
  trace.end = performance.now()
  return trace
}

async function seed(store: SandboxStore, trace: Trace): Promise<void> {
  noteStep(trace, statement('select', countSql(table)))
  for (const [index, row] of seededRows.entries()) noteStep(trace, insert({ id: index + 1, ...row }))
  await inStep(trace, statement('commit', 'COMMIT', 'database.session_local'), () => store.reset())
}

/** One of the INSERTs that SQLAlchemy sends for new objects: their ids come back with it. */
function insert(row: UserRow): StepAbout {
  const about = statement('insert', `${insertSql(table)} RETURNING id`)
  Object.assign(about.detail, { rows: 1, changes: [visibleChange(table.name, undefined, row)] })
  return about
}

function engine(title: string, summary: string): StepAbout {
  return { name: 'database.engine', kind: 'store', title, detail: { kind: 'handler', summary } }
}

function call(name: string, title: string, summary: string): StepAbout {
  return { name, kind: 'handler', title, detail: { kind: 'handler', summary } }
}

function statement(operation: StoreDetail['operation'], sql: string, name = 'models.user'): StepAbout {
  const detail: StoreDetail = { kind: 'store', operation, table: table.name, sql, rows: 0, changes: [] }
  return { name, kind: 'store', title: operation.toUpperCase(), detail }
}
