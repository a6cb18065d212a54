/**
 * Names whose values are recorded: the project's own fields and parameters, apart from secret ones. A value under any other name is hidden,
 * so a password stays out of the evidence whatever the candidate calls it.
 */
export const REQUEST_NAMES: ReadonlySet<string> = new Set([
  ...['name', 'email', 'age', 'bio', 'username', 'grant_type', 'scope'],
  ...['skip', 'limit', 'ms', 'path', 'n'],
])

/** The same for responses, which have more. */
export const RESPONSE_NAMES: ReadonlySet<string> = new Set([
  ...REQUEST_NAMES,
  ...['id', 'created_at', 'token_type'],
  ...['detail', 'type', 'loc', 'msg', 'input', 'ctx', 'error', 'reason', 'expected', 'gt', 'ge', 'lt', 'le'],
  ...['min_length', 'max_length', 'field_type', 'actual_length', 'error_type'],
  ...['way', 'started', 'ended', 'duration', 'peak', 'lanes', 'index', 'status', 'sent', 'received'],
  ...['limits', 'used', 'users', 'bytes'],
])
