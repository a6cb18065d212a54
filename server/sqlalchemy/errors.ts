/** The database refused a value: a constraint does not allow it. The session must be rolled back. */
export class IntegrityError extends Error {
  override name = 'IntegrityError'
}

/** A row that this session read was deleted by somebody else before it could be changed. */
export class StaleDataError extends Error {
  override name = 'StaleDataError'
}
