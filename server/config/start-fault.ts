import { DataFolderInUse, StorageFull, StorageUnavailable } from '../storage/errors.ts'

/** A fault that its reader can mend: `message` is one line that says what is wrong and what to do. */
export class StartFault extends Error {
  override name = 'StartFault'
}

/** What to print when Viva can't start. Faults with a remedy have one line; what nobody foresaw keeps its stack. */
export function startFaultText(error: unknown): string {
  const foreseen = [StartFault, DataFolderInUse, StorageFull, StorageUnavailable].some(
    (kind) => error instanceof kind,
  )
  const { message, stack } = error as Error
  return `Viva can't start: ${foreseen ? message : (stack ?? message)}\n`
}
