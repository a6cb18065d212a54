import type { OriginalFaultKind } from './engine.ts'

/** Why the original in the tab can't answer; `message` is a sentence for the screen. */
export class OriginalFault extends Error {
  override name = 'OriginalFault'
  readonly kind: OriginalFaultKind

  constructor(kind: OriginalFaultKind, message: string) {
    super(message)
    this.kind = kind
  }
}
