import type { Next } from 'koa'
import { noteStep, type StepAbout } from '../trace/trace.ts'
import { sendText } from './answer.ts'
import { PythonException } from './python-exception.ts'
import type { Request } from './request.ts'

declare module './request.ts' {
  interface RequestState {
    /** The exception that ended this request with a plain 500. */
    unhandled?: PythonException
  }
}

/**
 * Starlette's `ServerErrorMiddleware`, outside all middleware that an app adds: an exception that nothing handled becomes a
 * plain 500, and goes on to the server, which logs it. Only Python's exceptions are answered here.
 * @throws every other error: it is a defect of this server, not of the project
 */
export async function serverErrorMiddleware(request: Request, callNext: Next): Promise<void> {
  try {
    await callNext()
  } catch (error) {
    if (!(error instanceof PythonException)) throw error
    request.state.unhandled = error
    sendText(request, 500, 'Internal Server Error')
    noteStep(request.state.trace, logged(error), 'refused')
  }
}

/** The first and the last line that uvicorn writes; between them is the traceback. */
function logged({ name, message }: PythonException): StepAbout {
  const log = `ERROR:    Exception in ASGI application\n…\n${name}: ${message}`
  return { name: 'server.log', kind: 'response', title: `${name} logged`, detail: { kind: 'log', log } }
}
