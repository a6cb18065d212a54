/** Steps that the framework does itself: no lines of the project to show, a sentence instead. */
export const FRAMEWORK_STEPS: Record<string, string> = {
  'sandbox.choose':
    'Viva, not FastAPI: each browser has its own database. The cookie or the X-Sandbox header says which.',
  'body.parse': 'FastAPI reads the body and parses JSON or a form before any of your code runs.',
  'request.validation':
    'FastAPI checks path, query, headers and body against the annotations; all problems go into one 422.',
  'response.model': 'FastAPI filters what the handler returned through the response model.',
  'event_loop.wait':
    'All requests of a process share one event loop. While an async def blocks it, no other request is accepted, continued or answered.',
  'threadpool.wait':
    'Plain def handlers and dependencies share the 40 threads of the process. One more waits until a thread is free.',
  'response.send':
    'The answer leaves: status, headers, and JSON made from what the response model let through.',
}

/** Which lesson explains a step, by the step's name or the part before its first dot. */
const LESSON_OF_STEP: Record<string, string> = {
  'main.app': '01-what-is-fastapi',
  'main.routers': '10-router-post',
  'main.lifespan': '09-creating-tables',
  'main.middleware': '14-middleware',
  middleware: '14-middleware',
  'database.get_db': '05-dependency-injection',
  'database.create_all': '09-creating-tables',
  database: '04-database-connection',
  models: '03-sqlalchemy',
  schemas: '02-pydantic-models',
  'auth.hash_password': '07-password-hashing',
  'auth.verify_password': '07-password-hashing',
  'auth.create_access_token': '08-jwt',
  'auth.decode_token': '08-jwt',
  'auth.get_current_user': '15-depends',
  auth: '06-authentication',
  'users.create_user': '10-router-post',
  users: '12-errors',
  items: '16-async',
  lab: '17-async-or-def',
  'sandbox.choose': '04-database-connection',
  'body.parse': '02-pydantic-models',
  'request.validation': '02-pydantic-models',
  'response.model': '02-pydantic-models',
  'response.send': '12-errors',
  'event_loop.wait': '16-async',
  'threadpool.wait': '17-async-or-def',
}

/**
 * The lesson that explains a step: its own entry, else that of the name's first part.
 * @returns a lesson's slug, or null when none explains it.
 */
export function lessonOfStep(name: string): string | null {
  return LESSON_OF_STEP[name] ?? LESSON_OF_STEP[name.split('.')[0] ?? ''] ?? null
}
