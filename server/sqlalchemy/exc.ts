/** The database refused a value that a constraint doesn't allow. The session must be rolled back. */
export class IntegrityError extends Error {
  override name = 'IntegrityError'
}

/** A row that this session read was deleted by another request before it could be changed. */
export class StaleDataError extends Error {
  override name = 'StaleDataError'
}
