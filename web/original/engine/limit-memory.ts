const PAGE_BYTES = 64 * 1024

/**
 * Lets WebAssembly of this worker take no more than this. Python raises MemoryError then, as a process with a limit does, and goes on.
 * Pyodide alone would stop at 4 GB, which many a browser answers by closing the tab.
 */
export function limitMemory(maxBytes: number): void {
  const memory = WebAssembly.Memory.prototype
  const { grow } = memory
  memory.grow = function (this: WebAssembly.Memory, pages) {
    if (this.buffer.byteLength + pages * PAGE_BYTES > maxBytes) throw new RangeError('out of memory')
    return grow.call(this, pages)
  }
}
