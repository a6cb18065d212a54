import { PythonException } from '../fastapi/python-exception.ts'

/** The database refused a value that a constraint doesn't allow. The session must be rolled back. */
export class IntegrityError extends Error {
  override name = 'IntegrityError'
}

/** A row that this session read was deleted by another request before it could be changed. */
export class StaleDataError extends Error {
  override name = 'StaleDataError'
}

/** No connection of the pool was given back in time. Nothing in the project handles it. */
export class TimeoutError extends PythonException {
  constructor(message: string) {
    super('sqlalchemy.exc.TimeoutError', message)
  }
}
