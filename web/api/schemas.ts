import './jitless.ts'

export { BurstReport } from '#contract/burst.ts'
export { CrossOriginReport } from '#contract/cross-origin.ts'
export { Sandbox, StoreView } from '#contract/sandbox.ts'
export { TraceReport } from '#contract/trace.ts'
