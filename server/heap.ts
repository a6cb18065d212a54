import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8 begin every object in its young space. By itself it allocates those of a kind that has mostly survived in the old
 * one, and the traces of the last requests look as if they would. But what an old object names outlives every collection of
 * young garbage, even when nothing names the old one any more, and requests pay for copying it.
 */
export function allocateYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
