import './jitless.ts'

export { BurstReport } from '#contract/burst.ts'
export { Sandbox, StoreView } from '#contract/sandbox.ts'
export { TraceReport } from '#contract/trace.ts'
