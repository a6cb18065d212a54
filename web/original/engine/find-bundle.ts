import { OriginalFault } from '#contract/original-tab/fault.ts'
import { callApi } from '../../api/call.ts'
import { OriginalBundle } from '../../api/schemas.ts'
import { sentenceOf } from './sentences.ts'

/** Whether the server has the original, and how large it is. @throws ApiFailure */
export function askForBundle(signal?: AbortSignal): Promise<OriginalBundle> {
  return callApi('/api/original', OriginalBundle, signal ? { signal } : {})
}

/** The bundle that is ready to be loaded. @throws OriginalFault */
export async function findBundle(signal?: AbortSignal): Promise<Extract<OriginalBundle, { state: 'ready' }>> {
  const bundle = await askForBundle(signal).catch(() => {
    const kind = signal?.aborted ? 'cancelled' : 'offline'
    throw new OriginalFault(kind, sentenceOf(kind))
  })
  if (bundle.state !== 'ready') throw new OriginalFault(bundle.state, sentenceOf(bundle.state))
  return bundle
}

/** Why something of this build can't be loaded: a server that answers has another build by now. */
export function whyNotLoaded(): Promise<'offline' | 'outdated'> {
  return askForBundle().then(
    () => 'outdated',
    () => 'offline',
  )
}
