/** Steps of the framework itself: shown with a sentence, as the project has no code for them. */
export const FRAMEWORK_STEPS: Record<string, string> = {
  'sandbox.choose':
    'Viva, not FastAPI: each browser has its own database. The cookie or the X-Sandbox header selects it.',
  'body.parse': 'FastAPI reads the body and parses JSON or a form before any of your code runs.',
  'request.validation':
    'FastAPI checks path, query, headers and body against the annotations; all problems are reported in one 422.',
  'response.model': 'FastAPI filters what the handler returned through the response model.',
  'event_loop.wait':
    'All requests of a process share one event loop. While an async def blocks it, no other request is accepted, continued or answered.',
  'threadpool.wait':
    'Plain def handlers and dependencies share the 40 threads of the process. When all are busy, the next one waits for a free thread.',
  'response.send': 'The response is sent: status, headers, and JSON of what the response model let through.',
  'server.log':
    'Starlette’s ServerErrorMiddleware, outside all of your middleware, has sent a 500 and raised the exception again. The server logs it with its traceback.',
}

/**
 * The lesson that explains a trace step: the one that names it, or else the one that names its first part (`auth` of `auth.login`).
 * @returns undefined when no lesson explains it
 */
export function lessonExplaining<L extends { readonly explains: readonly string[] }>(
  step: string,
  lessons: readonly L[],
): L | undefined {
  const naming = (name: string): L | undefined => lessons.find(({ explains }) => explains.includes(name))
  return naming(step) ?? naming(firstPart(step))
}

/** The first part of a step's name: `auth` of `auth.login`. */
export function firstPart(step: string): string {
  return step.split('.', 1)[0] ?? step
}
