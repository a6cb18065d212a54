import type { OriginalTab } from '#contract/original-tab/engine.ts'
import { ensureBundle } from '../../../original/tab/bundle/publish.ts'
import { startInNode } from '../../../original/tab/node.ts'
import { OWN_FILES } from '../files/own-files.ts'

/**
 * Real FastAPI in this process, as a page has it in its worker.
 * @throws NoWheels when this machine can't get what it is made from
 */
export async function tabInNode(): Promise<OriginalTab> {
  const { folder } = await ensureBundle()
  const engine = await startInNode(folder)
  return {
    boot: async () => engine.versions,
    send: (request, { traceLines = false } = {}) => engine.send(request, traceLines),
    apply: (files, { keepData }) => engine.apply({ ...OWN_FILES, ...files }, keepData),
    reset: async () => void (await engine.reset()),
    rows: async () => engine.rows(),
    runFact: async (code) => engine.runFact(code),
    close: () => undefined,
  }
}
