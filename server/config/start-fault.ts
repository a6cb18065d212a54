import { DataFolderInUse, StorageFull, StorageUnavailable } from '../storage/errors.ts'

/** A fault that the operator can fix: `message` is one line that says what is wrong and what to do. */
export class StartFault extends Error {
  override name = 'StartFault'
}

/** What to print when Viva can't start. Expected faults have one line with a remedy; unexpected ones keep their stack. */
export function startFaultText(error: unknown): string {
  const isExpected = [StartFault, DataFolderInUse, StorageFull, StorageUnavailable].some(
    (kind) => error instanceof kind,
  )
  const { message, stack } = error as Error
  return `Viva can't start: ${isExpected ? message : (stack ?? message)}\n`
}
