/** An exception of Python that nothing is meant to handle: the app's outermost layer answers it with a plain 500. */
export class PythonException extends Error {
  /**
   * @param name as a traceback has it, with its module unless it is built in: `sqlalchemy.exc.TimeoutError`
   */
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

export class ValueError extends PythonException {
  constructor(message: string) {
    super('ValueError', message)
  }
}
