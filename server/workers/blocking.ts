const never = new Int32Array(new SharedArrayBuffer(4))

/**
 * Holds this thread, as `time.sleep` holds its own.
 * @returns when it began and ended, in milliseconds of the clock that all threads of the process share
 */
export default function block(ms: number): { started: number; ended: number } {
  const started = sharedNow()
  Atomics.wait(never, 0, 0, ms)
  return { started, ended: sharedNow() }
}

function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
