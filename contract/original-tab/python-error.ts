/** An exception of Python, or why a file can't be compiled. */
export interface PythonError {
  /** Its class, such as `SyntaxError` or `sqlalchemy.exc.IntegrityError`. */
  type: string
  message: string
  /** The innermost place in the project's own files; null when none was involved. */
  place: { file: string; line: number } | null
  /** As Python prints it, with the project's paths relative to it. */
  traceback: string
}
