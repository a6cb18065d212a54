import type { RequestDraft } from './draft.ts'
import type { Operation } from './operations.ts'

/** The operation that a request matches: the first with this method whose path fits, as in FastAPI. */
export function operationOf(
  { method, path }: Pick<RequestDraft, 'method' | 'path'>,
  operations: readonly Operation[],
): Operation | null {
  const plain = path.split(/[?#]/)[0] ?? ''
  return operations.find((one) => one.method === method && patternOf(one.path).test(plain)) ?? null
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}
