import type { Input } from '../json/json-value.ts'
import { PyFloat } from '../json/json-value.ts'

/** The type of a value in the words of the trace: string, int, float, bool, null, list, object, bytes or missing. */
export function valueTypeOf(value: Input): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number' || typeof value === 'bigint') return 'int'
  if (value instanceof PyFloat) return 'float'
  if (value instanceof Uint8Array) return 'bytes'
  return Array.isArray(value) ? 'list' : 'object'
}
