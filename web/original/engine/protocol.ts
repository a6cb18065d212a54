import type {
  ApplyResult,
  BootProgress,
  FactResult,
  OriginalAnswer,
  OriginalFaultKind,
  OriginalRequest,
  OriginalVersions,
  ProjectFiles,
} from '#contract/original-tab/engine.ts'
import type { StoreView } from '#contract/sandbox.ts'

/** What the worker is started with, beside the port that everything else goes through. */
export interface StartMessage {
  /** The folder of the bundle, such as `/py/314.0.7-3f8a12c0/`. */
  address: string
  /** The project's own files. */
  files: ProjectFiles
}

/** Each call, its arguments and its result. */
export interface Calls {
  send: { takes: { request: OriginalRequest; traceLines: boolean }; gives: OriginalAnswer }
  apply: { takes: { files: ProjectFiles; keepData: boolean }; gives: ApplyResult }
  reset: { takes: null; gives: null }
  rows: { takes: null; gives: StoreView }
  runFact: { takes: { code: string }; gives: FactResult }
  memory: { takes: null; gives: number }
}

export type CallName = keyof Calls

/** From the page. */
export type CallMessage = {
  [Name in CallName]: { id: number; call: Name; takes: Calls[Name]['takes'] }
}[CallName]

/** From the worker. */
export type WorkerMessage =
  | { kind: 'progress'; progress: BootProgress }
  | { kind: 'booted'; versions: OriginalVersions }
  | { kind: 'result'; id: number; gives: Calls[CallName]['gives'] }
  /** Without an id, the worker is lost. */
  | { kind: 'fault'; id?: number; fault: OriginalFaultKind; message: string }
