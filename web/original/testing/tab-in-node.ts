import type { OriginalTab } from '#contract/original-tab/engine.ts'
import { ensureBundle } from '../../../original/tab/bundle/publish.ts'
import { startInNode } from '../../../original/tab/node.ts'
import { RESULTS } from '../engine/replies.ts'
import { OWN_FILES } from '../files/own-files.ts'
import { rememberedHashes } from '../../../original/tab/testing/remembered-hashes.ts'

export interface TabInNode extends OriginalTab {
  /** `isOn`: a hash that was computed before isn't computed again, for a run whose claims look at no duration. */
  rememberedHashes: { isOn: boolean }
}

/**
 * Real FastAPI in this process, as a page has it in its worker, with results read as a page reads them. Only its starts take less time:
 * they hash the seeded passwords once.
 * @throws NoWheels when this machine can't get what it is made from
 */
export async function tabInNode(): Promise<TabInNode> {
  const { folder } = await ensureBundle()
  const { bcrypt, duringStart, betweenStarts } = rememberedHashes()
  const engine = await duringStart(() => startInNode(folder, {}, bcrypt))
  return {
    rememberedHashes: betweenStarts,
    boot: async () => engine.versions,
    send: async (request, { traceLines = false } = {}) =>
      RESULTS.send.parse(await engine.send(request, traceLines)),
    apply: async (files, { keepData }) =>
      RESULTS.apply.parse(await duringStart(() => engine.apply({ ...OWN_FILES, ...files }, keepData))),
    reset: async () => void (await duringStart(() => engine.reset())),
    rows: async () => RESULTS.rows.parse(engine.rows()),
    runFact: async (code) => RESULTS.runFact.parse(engine.runFact(code)),
    close: () => undefined,
  }
}
