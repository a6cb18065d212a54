import './jitless.ts'

export { BurstReport } from '#contract/burst.ts'
export { CrossOriginReport } from '#contract/cross-origin.ts'
export { OriginalBundle } from '#contract/original-tab/bundle.ts'
export { Sandbox, StoreView } from '#contract/sandbox.ts'
export { TraceReport } from '#contract/trace.ts'
